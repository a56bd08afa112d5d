import { TimeColumn } from '@sinkron/database';
import { Entity, Index, PrimaryColumn } from 'typeorm';

/** The name of the index by which a number's window is found. */
export const windowIndex = 'whatsapp_window.phone';

/**
 * When a number last wrote to us: within 24 hours free text may go there. Deleted once the window is over, so that a
 * change of keys needs nothing: a number that is not found is outside its window.
 */
@Entity('whatsapp_window')
@Index('whatsapp_window_age', ['lastMessageAt'])
export class WhatsAppWindow {
  @PrimaryColumn({ name: 'phone_hash', type: 'binary', length: 32 }) phoneKey!: Buffer;
  @TimeColumn('last_message_at') lastMessageAt!: Date;
}
