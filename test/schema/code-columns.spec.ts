import { getMetadataArgsStorage } from 'typeorm';
import { workEntities } from '@sinkron/queue';
import { closureWork } from '@sinkron/closures';
import { escalationWork } from '@sinkron/escalation';
import { inboundWork } from '@sinkron/lines';
import { deliveryWork } from '@sinkron/messaging';
import { reasonCodes, rejections, suspensions, ticketEntities, ticketWork } from '@sinkron/tickets';

/**
 * Columns that are a plain `string` in the code, because another lib says what may be in them or rows keep codes of
 * earlier days; of all others the compiler asks whether their words fit (libs/database/src/code-length.ts).
 */
const kinds = [...ticketWork, ...escalationWork, ...deliveryWork, ...inboundWork, ...closureWork].map(
  ({ name }) => name,
);
const words: Record<string, readonly string[]> = {
  'work.kind': kinds,
  'dispatch_turn.kind': kinds,
  'work.reason': reasonCodes,
  'ticket.reason': [...reasonCodes, ...suspensions],
  'ticket.waits_for': reasonCodes,
  'ticket.outcome': [...rejections, 'already_in_step', 'synchronised'],
};

const loaded = [...workEntities, ...ticketEntities];
const { tables, columns } = getMetadataArgsStorage();

it.each(Object.keys(words))('%s has room for the longest of its words', (place) => {
  const [table, column] = place.split('.');
  const entity = tables.find(({ name }) => name === table)?.target;
  const found = columns.find(({ target, options }) => target === entity && options.name === column);
  expect(loaded).toContain(entity);
  expect(words[place]?.filter((word) => word.length > Number(found?.options.length))).toEqual([]);
});
