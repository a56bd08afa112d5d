import { Delivery } from './delivery';
import { newId } from '@sinkron/database';

const at = (day: number) => new Date(Date.UTC(2026, 10, day));
const now = at(1);

/** A delivery with content, as far as `then` brings it. */
function delivery(
  kind: Delivery['kind'],
  channel: Delivery['channel'],
  ...then: ((delivery: Delivery) => unknown)[]
): Delivery {
  const made = Delivery.create(now, { onceKey: Buffer.alloc(32), kind, channel });
  if (kind === 'notice') made.sealed = Buffer.from('sealed');
  for (const step of then) step(made);
  return made;
}

const begun = (one: Delivery) => one.begin(now);
const sent = (one: Delivery) => one.sent(now, 'wamid');
const dead = (one: Delivery) => one.fail(now, 'no_way', 'dead');

it.each<[string, Delivery, Date | null]>([
  ['a message that waits', delivery('notice', 'whatsapp'), null],
  ['one under way', delivery('notice', 'whatsapp', begun), null],
  ['one that left by WhatsApp, which may still refuse it', delivery('notice', 'whatsapp', sent), at(3)],
  ['one that left by e-mail, whose content goes with it', delivery('notice', 'email', sent), null],
  ['one that arrived', delivery('notice', 'whatsapp', sent, (one) => one.report('read', now)), null],
  [
    'one of whose leaving only a report tells',
    delivery('notice', 'whatsapp', (one) => one.report('sent', now)),
    at(3),
  ],
  ['one that reached nobody', delivery('notice', 'email', dead), at(31)],
  ['one that is tried again', delivery('notice', 'email', dead, (one) => one.retry(now)), null],
  ['one that a person has seen to', delivery('notice', 'email', dead, (one) => one.dismiss()), null],
  ['one that is not needed', delivery('notice', 'email', (one) => one.cancel(now, 'overtaken')), at(3)],
  [
    'one that another channel takes over',
    delivery('notice', 'email', (one) => {
      one.fail(now, 'no_way', 'failed');
      one.passOnTo(newId());
    }),
    null,
  ],
  ['a question without content', delivery('step', 'whatsapp', sent), null],
  ['a call that waits', delivery('event', 'webhook', begun), null],
  ['a call that was taken', delivery('event', 'webhook', sent), at(31)],
  ['a call that nobody took', delivery('event', 'webhook', dead), at(31)],
])('what is kept of %s is deleted when nothing can need it', (_, { forgetAt }, expected) => {
  expect(forgetAt).toEqual(expected);
});
