import type { EventType } from './event-types';
import {
  CodeColumn,
  type Id,
  IdColumn,
  JsonColumn,
  PrimaryCode,
  PrimaryId,
  TimeColumn,
} from '@sinkron/database';
import { Column, Entity, Index } from 'typeorm';

/**
 * Something that happened and that others may want to know: codes, ids and reasons, never personal data. Written in
 * the transaction of what happened; a little later it gets its position, by which streams resume.
 */
@Entity('event')
@Index('event_position', ['position'], { unique: true })
@Index('event_at', ['at'])
export class Event {
  @PrimaryId() id!: Id;
  /** Null until it is published. Rises in the order of publication, without gaps. */
  @Column({ name: 'position', type: 'bigint', unsigned: true, nullable: true, transformer: number() })
  position!: number | null;
  @CodeColumn('type', 40) type!: EventType;
  /** What it is about: the code of a ticket, the name of an incident. */
  @CodeColumn('subject', 64) subject!: string;
  /** The office whose scope sees it; null: every scope. */
  @IdColumn('office_id', { nullable: true }) officeId!: Id | null;
  /** As the schema of its type says (`eventTypes`). */
  @JsonColumn('data') data!: Record<string, unknown>;
  @TimeColumn('at') at!: Date;
}

/** The name of the one stream that there is. */
export const stream = 'all';

/** The position given last; who gives positions holds this row until COMMIT. */
@Entity('event_stream')
export class EventStream {
  @PrimaryCode('name', 8) name!: string;
  @Column({ name: 'last_position', type: 'bigint', unsigned: true, transformer: number() })
  lastPosition!: number;
}

/** The driver gives a BIGINT as text; a position stays far below 2^53. */
function number() {
  return {
    to: (value: number | null) => value,
    from: (stored: string | number | null) => (stored === null ? null : Number(stored)),
  };
}
