import { EventFeed } from './event-feed';
import type { Config } from '@sinkron/config';
import { type Event, EventReader } from '@sinkron/events';
import { OfficeDirectory, OfficeTree } from '@sinkron/offices';
import { newId, Transactions } from '@sinkron/database';
import { pino } from 'pino';

it('lets nobody who reads what happens now wait for one who resumes far back', async () => {
  const table = new Table(50_000);
  const feed = table.feed();
  const page = await feed.after(0, 1_000);
  expect([page[0]?.position, page.at(-1)?.position]).toEqual([1, 100]);
  const live = feed.after(50_000, 60_000);
  const behind = feed.after(100, 60_000);
  table.last = 50_001;
  expect((await live).map(({ position }) => position)).toEqual([50_001]);
  expect((await behind)[0]?.position).toBe(101);
  // Pages that were asked for, and the newest: nobody reads what lies between.
  expect(new Set(table.asked)).toEqual(new Set([0, 100, 50_000]));
});

/** Events up to a position, and from where they were read. */
class Table extends EventReader {
  readonly asked: number[] = [];

  constructor(public last: number) {
    super({} as Transactions);
  }

  override after(position: number, limit: number): Promise<Event[]> {
    this.asked.push(position);
    const count = Math.min(limit, this.last - position);
    return Promise.resolve(Array.from({ length: count }, (_, at) => eventAt(position + at + 1)));
  }

  feed(): EventFeed {
    const config = { durations: { publishInterval: 1 }, publicUrl: 'http://localhost' } as Config;
    const directory = { tree: () => Promise.resolve(new OfficeTree([])) } as OfficeDirectory;
    return new EventFeed(this, directory, config, pino({ level: 'silent' }));
  }
}

function eventAt(position: number): Event {
  const at = new Date('2026-11-28T02:00:00Z');
  return { id: newId(), position, type: 'ticket.overdue', subject: 'x', officeId: null, at, data: {} };
}
