import {
  CodeColumn,
  type Id,
  IdColumn,
  JsonColumn,
  PrimaryId,
  SealedColumn,
  TimeColumn,
} from '@sinkron/database';
import type { EventType } from '@sinkron/events';
import { Entity, Index } from 'typeorm';

/** What is sealed of an endpoint: addresses of chat services are secrets themselves. */
export interface EndpointContent {
  url: string;
  /** What it is for, in words. */
  description: string;
  /** Standard Webhooks, `whsec_…`; while one is replaced both sign, the old one until then (ISO). */
  secrets: { secret: string; until: string | null }[];
}

/** An address outside to which events of a scope are posted, signed. */
@Entity('webhook_endpoint')
@Index('webhook_endpoint_office', ['officeId', 'id'])
export class WebhookEndpoint {
  @PrimaryId() id!: Id;
  /** It is told what happens at this node and below it, and what concerns everybody. */
  @IdColumn('office_id') officeId!: Id;
  /** Which types it is told. */
  @JsonColumn('types') types!: EventType[];
  /** `EndpointContent` */
  @SealedColumn('sealed') sealed!: Buffer;
  @TimeColumn('created_at') createdAt!: Date;
  @IdColumn('created_by', { nullable: true }) createdBy!: Id | null;
  /** Since when every attempt has failed; null after one that was taken. */
  @TimeColumn('failing_since', { nullable: true }) failingSince!: Date | null;
  @TimeColumn('disabled_at', { nullable: true }) disabledAt!: Date | null;
  /** `by_hand`, `gone` (410) or `failing`. */
  @CodeColumn('disabled_reason', 32, { nullable: true }) disabledReason!: string | null;
}
