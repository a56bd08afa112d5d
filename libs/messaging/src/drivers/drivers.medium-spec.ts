import { WhatsAppWindow } from '../whatsapp/whatsapp-window';
import { WhatsAppWindows } from '../whatsapp/whatsapp-windows';
import { Drivers } from './drivers';
import { LogDriver } from './log-driver';
import { Smtp } from './smtp';
import { WhatsAppCloud } from './whatsapp-cloud';
import { newId } from '@sinkron/database';
import { createLogger } from '@sinkron/observability';
import { testDatabase, type TestDatabase } from '@sinkron/testing';
import { Redis } from 'ioredis';

let db: TestDatabase;
let redis: Redis;
let lines: string[];
beforeAll(async () => {
  db = await testDatabase({ entities: [WhatsAppWindow] });
  redis = new Redis(process.env['REDIS_URL'] ?? '');
});
beforeEach(() => {
  lines = [];
});
afterAll(async () => {
  redis.disconnect();
  await db.close();
});

function drivers(whatsapp: 'off' | 'log' | 'cloud', email: 'off' | 'log' | 'smtp'): Drivers {
  const { messaging } = db.config;
  const smtp = { smtpUrl: 'smtp://127.0.0.1:1', from: 'sinkron@dinas.example' };
  const chosen = {
    ...messaging,
    whatsapp: { ...messaging.whatsapp, driver: whatsapp },
    email: { ...smtp, driver: email },
  };
  const logger = createLogger('test', 'info', { write: (line) => lines.push(line) });
  const windows = new WhatsAppWindows(db.transactions, db.index);
  return new Drivers({ ...db.config, messaging: chosen }, logger, redis, db.index, windows);
}

it('are chosen by the configuration, one for each channel', () => {
  const real = drivers('cloud', 'smtp');
  expect([real.of('whatsapp'), real.of('email')]).toEqual([expect.any(WhatsAppCloud), expect.any(Smtp)]);
  real.onApplicationShutdown();
  const logged = drivers('log', 'log');
  expect([logged.of('whatsapp'), logged.of('email')]).toEqual([expect.any(LogDriver), expect.any(LogDriver)]);
  const off = drivers('off', 'off');
  expect([off.of('whatsapp'), off.of('email')]).toEqual([null, null]);
});

it('for development write one line in the log, without the recipient', async () => {
  const id = newId();
  const attempt = await drivers('off', 'log')
    .of('email')!
    .send({
      id,
      to: 'melati@demo.sinkron.test',
      subject: { id: 'Darurat', en: 'Urgent' },
      text: { id: 'Eskalasi menunggu Anda.', en: 'An escalation waits for you.' },
      mail: { id: '', en: '' },
      approved: { name: 'sinkron_step', language: 'id', parameters: [] },
    });
  expect(attempt).toEqual({ end: 'sent', providerId: null });
  expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
    { delivery: id, channel: 'email', msg: 'Eskalasi menunggu Anda.' },
  ]);
  expect(lines.join()).not.toContain('melati');
});
