export { InboundHandling } from './inbound/inbound-handling';
export { inboundWork } from './inbound/inbound-work';
export { Inbox } from './inbound/inbox';
export { lineEntities, LinesModule } from './lines.module';
export { isSigned } from './whatsapp/cloud-webhook';
