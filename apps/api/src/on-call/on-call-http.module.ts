import { Module } from '@nestjs/common';
import { HolidaysController } from './holidays.controller';
import { PoliciesController } from './policies.controller';
import { RotasController } from './rotas.controller';
import { AccountsModule } from '@sinkron/accounts';
import { EscalationModule } from '@sinkron/escalation';

/** The routes by which supervisors and administrators set who is asked, when, and by what. */
@Module({
  imports: [AccountsModule, EscalationModule],
  controllers: [PoliciesController, RotasController, HolidaysController],
})
export class OnCallHttpModule {}
