import { Module } from '@nestjs/common';
import { AccessModule } from '@sinkron/access';
import { SessionsController } from '../sessions/sessions.controller';
import { AccountController } from './account.controller';
import { TokensController } from './tokens.controller';

/** The doors by which officers come, go, and keep what is their own. */
@Module({
  imports: [AccessModule],
  controllers: [SessionsController, AccountController, TokensController],
})
export class AccountHttpModule {}
