import { parseArgs } from 'node:util';
import type { Command } from './command';
import { openDesk } from './desk';
import { Failure, fieldLine } from './failure';
import type { OfficeState } from '@sinkron/closures';
import { fieldErrors } from '@sinkron/observability';
import { officeClosing } from '@sinkron/offices';

/** `offices close`: what the office has goes to its successor, by the worker; the same again shows how far it is. */
export const closeOffice: Command = async (config, args, { print }) => {
  const { values } = parseArgs({
    args,
    options: { office: { type: 'string' }, successor: { type: 'string' }, note: { type: 'string' } },
  });
  const { office, ...input } = values;
  if (!office) throw new Failure(['Name the office that closes: --office CODE']);
  const checked = officeClosing.safeParse(input);
  if (!checked.success) throw new Failure(fieldErrors(checked.error.issues).map(fieldLine));
  const desk = await openDesk(config);
  try {
    print(lineOf(await desk.closures.close(await desk.operator(), office, checked.data)));
  } finally {
    await desk.close();
  }
};

/** `offices show CODE`: whether it is open, or how far its closing is. */
export const showOffice: Command = async (config, args, { print }) => {
  const { positionals } = parseArgs({ args, allowPositionals: true });
  const [office] = positionals;
  if (!office || positionals.length > 1) throw new Failure(['Name one office: offices show CODE']);
  const desk = await openDesk(config);
  try {
    print(lineOf(await desk.closures.find(await desk.operator(), office)));
  } finally {
    await desk.close();
  }
};

function lineOf({ code, name, successor, closing, closedAt }: OfficeState): string {
  const office = `${code} ${name}`;
  if (closedAt) return `${office}: closed into ${successor} at ${closedAt.toISOString()}`;
  if (!closing) return `${office}: open`;
  const left = Object.entries(closing.left).flatMap(([part, count]) => (count > 0 ? `${count} ${part}` : []));
  return `${office}: closing into ${successor}; left: ${left.join(', ') || 'nothing'}`;
}
