import { Module } from '@nestjs/common';
import { MessagesPageController } from './messages-page.controller';

/** What Sinkron says, for whoever wants to read it. */
@Module({ controllers: [MessagesPageController] })
export class MessagesHttpModule {}
