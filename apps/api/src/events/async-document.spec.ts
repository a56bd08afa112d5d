import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventsDocument } from './async-document';
import { newId } from '@sinkron/database';
import { cloudEvent, eventTypeNames } from '@sinkron/events';
import { OfficeTree } from '@sinkron/offices';
import { schemasWithoutId } from '@asyncapi/specs';
import Ajv from 'ajv';

const document = eventsDocument();
// The specification's own schema names formats and keywords that only describe.
const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });

it('is an AsyncAPI 3.0 document', () => {
  const validate = ajv.compile(schemasWithoutId['3.0.0']);
  validate(document);
  expect(validate.errors).toBeNull();
  expect(validate({ ...document, channels: [] })).toBe(false);
});

it('has every type of event, on both ways', () => {
  expect(Object.keys(document.components.messages)).toEqual(eventTypeNames);
  for (const { messages } of Object.values(document.channels))
    expect(Object.keys(messages)).toEqual(eventTypeNames);
});

it('describes what is really sent', () => {
  const event = {
    id: newId(),
    position: 1,
    type: 'ticket.overdue' as const,
    subject: '7K3M-XQ94-HTRJ',
    officeId: null,
    data: { ticket: '7K3M-XQ94-HTRJ', dueAt: '2026-11-25T08:00:00.000Z' },
    at: new Date('2026-11-25T08:00:00Z'),
  };
  const sent = cloudEvent(event, { source: 'https://desk.example', tree: new OfficeTree([]) });
  const payload = (type: string) => ajv.compile(document.components.messages[type]!.payload);
  const validate = payload('ticket.overdue');
  validate(sent);
  expect(validate.errors).toBeNull();
  expect(validate({ ...sent, data: { office: null } })).toBe(false);
  expect(payload('ticket.resolved')(sent)).toBe(false);
});

it('is the file that is committed (npm run openapi)', () => {
  const file = readFileSync(join(__dirname, '../../../../openapi/events.json'), 'utf8');
  expect(`${JSON.stringify(document, null, 2)}\n`).toBe(file);
});
