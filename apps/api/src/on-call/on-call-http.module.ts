import { Module } from '@nestjs/common';
import { HolidaysController } from './holidays.controller';
import { PoliciesController } from './policies.controller';
import { RotasController } from './rotas.controller';
import { EscalationModule } from '@sinkron/escalation';

/** The doors by which supervisors and administrators say who is asked, when, and by what. */
@Module({
  imports: [EscalationModule],
  controllers: [PoliciesController, RotasController, HolidaysController],
})
export class OnCallHttpModule {}
