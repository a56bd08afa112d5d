import {
  CodeColumn,
  type Id,
  IdColumn,
  JsonColumn,
  newId,
  PrimaryId,
  SealedColumn,
  TimeColumn,
} from '@sinkron/database';
import type { EventType } from '@sinkron/events';
import { Entity, Index } from 'typeorm';

/** What is sealed of an endpoint: addresses of chat services are secrets themselves. */
export interface EndpointContent {
  url: string;
  /** What it is for. */
  description: string;
  /** Standard Webhooks, `whsec_…`; while one is replaced both sign, the old one until then (ISO). */
  secrets: { secret: string; until: string | null }[];
}

/**
 * Why an endpoint gets nothing any more: a person disabled it, it answered 410, it was silent for too long, or its office
 * closed and the successor had no place for it.
 */
export type DisabledReason = 'by_hand' | 'gone' | 'failing' | 'office_closed';

/** An address outside to which events of a scope are posted, signed. */
@Entity('webhook_endpoint')
@Index('webhook_endpoint_office', ['officeId', 'id'])
export class WebhookEndpoint {
  @PrimaryId() id!: Id;
  /** It gets the events of this node and below it, and those that concern everybody. */
  @IdColumn('office_id') officeId!: Id;
  /** Which types of events it gets. */
  @JsonColumn('types') types!: EventType[];
  /** `EndpointContent` */
  @SealedColumn('sealed') sealed!: Buffer;
  @TimeColumn('created_at') createdAt!: Date;
  @IdColumn('created_by', { nullable: true }) createdBy!: Id | null;
  /** Since when every attempt has failed; null after one that was accepted. */
  @TimeColumn('failing_since', { nullable: true }) failingSince!: Date | null;
  @TimeColumn('disabled_at', { nullable: true }) disabledAt!: Date | null;
  @CodeColumn('disabled_reason', 32, { nullable: true }) disabledReason!: DisabledReason | null;

  /** A new endpoint, enabled; its content is sealed under its id afterwards. */
  static create(
    now: Date,
    given: Pick<WebhookEndpoint, 'officeId' | 'types' | 'createdBy'>,
    seal: (id: Id) => Buffer,
  ): WebhookEndpoint {
    const endpoint = new WebhookEndpoint();
    endpoint.id = newId();
    endpoint.officeId = given.officeId;
    endpoint.types = given.types;
    endpoint.sealed = seal(endpoint.id);
    endpoint.createdAt = now;
    endpoint.createdBy = given.createdBy;
    endpoint.failingSince = null;
    endpoint.disabledAt = null;
    endpoint.disabledReason = null;
    return endpoint;
  }

  changeOffice(officeId: Id): void {
    this.officeId = officeId;
  }

  disable(now: Date, reason: DisabledReason): void {
    this.disabledAt = now;
    this.disabledReason = reason;
  }

  enable(): void {
    this.failingSince = null;
    this.disabledAt = null;
    this.disabledReason = null;
  }

  /** An attempt failed. @returns whether it is the first one that did */
  failed(now: Date): boolean {
    const isFirst = this.failingSince === null;
    this.failingSince ??= now;
    return isFirst;
  }

  /** Whether every attempt has failed for longer than this. @param patience milliseconds */
  hasFailedFor(patience: number, now: Date): boolean {
    return this.failingSince !== null && now.getTime() - this.failingSince.getTime() > patience;
  }
}
