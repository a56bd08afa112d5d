import { Module } from '@nestjs/common';
import { CloudInbox } from './cloud-inbox';
import { Replies } from './replies';
import { WhatsAppController } from './whatsapp.controller';
import { AccountsModule } from '@sinkron/accounts';
import { EscalationModule } from '@sinkron/escalation';
import { MessagingModule } from '@sinkron/messaging';

/** The doors through which messages come in. */
@Module({
  imports: [AccountsModule, EscalationModule, MessagingModule],
  controllers: [WhatsAppController],
  providers: [CloudInbox, Replies],
})
export class ChannelsHttpModule {}
