import { Module } from '@nestjs/common';
import { AccessModule } from '@sinkron/access';
import { EscalationModule } from '@sinkron/escalation';
import { MessagingModule } from '@sinkron/messaging';
import { CloudInbox } from './cloud-inbox';
import { Replies } from './replies';
import { WhatsAppController } from './whatsapp.controller';

/** The doors through which messages come in. */
@Module({
  imports: [AccessModule, EscalationModule, MessagingModule],
  controllers: [WhatsAppController],
  providers: [CloudInbox, Replies],
})
export class ChannelsHttpModule {}
