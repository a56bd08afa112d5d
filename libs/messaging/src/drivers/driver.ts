import type { Rendered } from '../templates/template';
import type { Id } from '@sinkron/database';

/** A message to one person, with the texts of every channel; each driver takes what it needs. */
export interface OutboundMessage extends Rendered {
  /** The delivery; given to the provider so that its delivery reports name it and mail servers recognise a repetition. */
  id: Id;
  /** E.164 for WhatsApp, an address for e-mail. */
  to: string;
}

/**
 * The outcome of an attempt, judged once, by the driver: `sent`: the provider has it; `later`: try this channel
 * again, because of the provider or the network; `refused`: this channel will never take this message.
 */
export type Attempt =
  | { end: 'sent'; providerId: string | null }
  | {
      end: 'later';
      reason: string;
      /** Milliseconds, where the provider or a limit says so. */ wait?: number;
    }
  | { end: 'refused'; reason: string };

/** Sends the messages of one channel; chosen by configuration. */
export interface Driver {
  /** Never throws and ends within `deliveryTimeout`. */
  send(message: OutboundMessage): Promise<Attempt>;
}
