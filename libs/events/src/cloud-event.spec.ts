import { cloudEvent } from './cloud-event';
import type { Event } from './event';
import { OfficeTree } from '@sinkron/offices';

const office = {
  id: '019a0000-0000-7000-8000-000000000001',
  code: '3319',
  name: 'Kudus',
  level: 'office' as const,
  parentId: null,
  zone: 'Asia/Jakarta' as const,
};

const event: Event = {
  id: '019a0000-0000-7000-8000-000000000002',
  position: 7,
  type: 'ticket.resolved',
  subject: '7K3M-XQ94-HTRJ',
  officeId: office.id,
  data: { ticket: '7K3M-XQ94-HTRJ', outcome: 'match' },
  at: new Date('2026-11-25T15:00:00.123Z'),
};
const context = { source: 'https://desk.example', tree: new OfficeTree([office as never]) };

it('is a CloudEvent with the code of its office', () => {
  expect(cloudEvent(event, context)).toEqual({
    specversion: '1.0',
    id: event.id,
    source: 'https://desk.example',
    type: 'ticket.resolved',
    subject: '7K3M-XQ94-HTRJ',
    time: '2026-11-25T15:00:00.123Z',
    datacontenttype: 'application/json',
    data: { ticket: '7K3M-XQ94-HTRJ', outcome: 'match', office: '3319' },
  });
});

it('names no office where everybody is concerned, and none that is not there any more', () => {
  expect(cloudEvent({ ...event, officeId: null }, context).data.office).toBeNull();
  expect(cloudEvent(event, { ...context, tree: new OfficeTree([]) }).data.office).toBeNull();
});

it('is the same bytes whenever it is sent', () => {
  const twice = [event, { ...event, position: 9 }].map((one) => JSON.stringify(cloudEvent(one, context)));
  expect(twice[0]).toBe(twice[1]);
});
