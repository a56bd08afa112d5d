import { Module } from '@nestjs/common';
import { AccessModule } from '@sinkron/access';
import { PrivacyModule } from '@sinkron/privacy';
import { SubjectExportsController } from './subject-exports.controller';

/** The doors to what the law on personal data asks of the desk. */
@Module({
  imports: [AccessModule, PrivacyModule],
  controllers: [SubjectExportsController],
})
export class PrivacyHttpModule {}
