import { Module } from '@nestjs/common';
import { WhatsAppController } from './whatsapp.controller';
import { LinesModule } from '@sinkron/lines';

/** The routes by which the providers of channels bring messages. */
@Module({ imports: [LinesModule], controllers: [WhatsAppController] })
export class ChannelsHttpModule {}
