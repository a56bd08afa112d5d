import type { Rendered } from '../templates/template';
import type { Id } from '@sinkron/database';

/** A message to one person, worded for every channel; which of it a driver needs is its own business. */
export interface OutboundMessage extends Rendered {
  /** The delivery; given to the provider so that its receipts name it, and mail servers know a repetition. */
  id: Id;
  /** E.164 for WhatsApp, an address for e-mail. */
  to: string;
}

/**
 * What became of an attempt, judged once, here at the edge: `sent`: the provider has it; `later`: try this channel
 * again, because of the provider or the line; `refused`: this channel will never do for this message.
 */
export type Attempt =
  | { end: 'sent'; providerId: string | null }
  | {
      end: 'later';
      reason: string;
      /** Milliseconds, where the provider or a limit says so. */ wait?: number;
    }
  | { end: 'refused'; reason: string };

/** A way by which messages to persons leave; chosen by configuration. */
export interface Driver {
  /** Never throws and ends within `deliveryTimeout`. */
  send(message: OutboundMessage): Promise<Attempt>;
}
