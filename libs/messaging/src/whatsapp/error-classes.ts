import type { Attempt } from '../drivers/driver';

/** Why the Cloud API did not take a message, or could not deliver one that it took. */
export type Fault = Exclude<Attempt, { end: 'sent' }>;

/** The 24 hours are over: free text does not go, a template does. */
export const windowOver = 131047;
const objectGone = 33;

const minute = 60_000;

/** Only the operators can fix it: a token, an account, a bill. The reason names it. */
const configuration: Fault = { end: 'later', reason: 'configuration', wait: 5 * minute };
const unavailable: Fault = { end: 'later', reason: 'unavailable' };
const tooFast: Fault = { end: 'later', reason: 'too_fast' };
const tooMuch: Fault = { end: 'later', reason: 'too_fast', wait: minute };
/** An answer that says neither yes nor no: the message may have been taken all the same. */
const noAnswer: Fault = { end: 'later', reason: 'no_answer' };

const malformed: Fault = { end: 'refused', reason: 'malformed' };
const template: Fault = { end: 'refused', reason: 'template' };
const unreachable: Fault = { end: 'refused', reason: 'not_on_whatsapp' };
/** WhatsApp would rather not trouble this person; it says not to try again soon. */
const heldBack: Fault = { end: 'refused', reason: 'held_back' };

/** What to do about each code that Meta documents for sending; its texts are not stored. */
const faults: Readonly<Record<number, Fault>> = {
  // Who we are and what we may do.
  0: configuration,
  3: configuration,
  10: configuration,
  [objectGone]: configuration,
  190: configuration,
  368: configuration,
  131005: configuration,
  131031: configuration,
  131037: configuration,
  131042: configuration,
  131045: configuration,
  134011: configuration,

  // How fast we are.
  4: tooMuch,
  80007: tooMuch,
  130429: tooFast,
  131048: { ...tooFast, wait: 5 * minute },
  131056: { ...tooFast, wait: minute / 10 },

  // How they are.
  1: unavailable,
  2: unavailable,
  131000: unavailable,
  131016: unavailable,
  131057: { ...unavailable, wait: minute },
  132069: unavailable,
  133004: unavailable,
  [windowOver]: { end: 'later', reason: 'window_over' },

  // What was sent.
  100: malformed,
  131001: malformed,
  131008: malformed,
  131009: malformed,
  131051: malformed,
  131052: malformed,
  131053: malformed,
  135000: malformed,
  132000: template,
  132001: template,
  132005: template,
  132007: template,
  132012: template,
  132015: template,
  132016: template,
  132068: template,
  134100: template,
  134101: template,
  134102: template,

  // To whom.
  131021: { end: 'refused', reason: 'own_number' },
  131026: unreachable,
  131030: { end: 'refused', reason: 'not_allowed' },
  130472: heldBack,
  130497: { end: 'refused', reason: 'not_allowed' },
  131049: heldBack,
  131050: { end: 'refused', reason: 'stopped' },
};

/** Whole families of codes: permissions, and the registration of our number. */
const families: readonly (readonly [number, number])[] = [
  [200, 299],
  [133000, 133016],
];

/** What to do about an error of the Cloud API, in an answer or in a delivery report; after an unknown code it is tried again. */
export function faultOf(code: number | null, subcode: number | null = null): Fault {
  // What an id of ours that does not exist is answered with; message by message it would look like the message's fault.
  if (code === 100 && subcode === objectGone) return configuration;
  if (code === null) return noAnswer;
  const known = faults[code];
  if (known) return known;
  return families.some(([from, to]) => code >= from && code <= to) ? configuration : noAnswer;
}

/** The same for an answer without a code, such as a proxy's. */
export function faultOfStatus(status: number): Fault {
  if (status === 401 || status === 403) return configuration;
  return status === 429 ? tooFast : noAnswer;
}

/** What to do when there was no answer at all; whoever was not even reached has certainly taken nothing. */
export function faultOfConnection(error: unknown): Fault {
  const { code } = ((error as { cause?: unknown } | null)?.cause ?? {}) as { code?: unknown };
  const isUnreached = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'].includes(
    String(code),
  );
  return isUnreached ? { end: 'later', reason: 'unreachable' } : noAnswer;
}
