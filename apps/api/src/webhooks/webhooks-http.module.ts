import { Module } from '@nestjs/common';
import { MessagingModule } from '@sinkron/messaging';
import { WebhooksController } from './webhooks.controller';

/** The doors by which webhooks are kept. */
@Module({ imports: [MessagingModule], controllers: [WebhooksController] })
export class WebhooksHttpModule {}
