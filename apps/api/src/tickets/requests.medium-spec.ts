import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nextCode, password, type RunningApi, startApi } from '../testing/start-api';
import { caller } from './testing/desk';
import { sendFile } from './testing/http-file';

// Hashes of argon2id and a whole API, on machines that others use too.
jest.setTimeout(60_000);

let api: RunningApi;
beforeAll(async () => {
  api = await startApi({
    environment: { REGISTRY_URL: 'http://127.0.0.1:1', WEBHOOK_NETWORKS: '127.0.0.0/8' },
  });
  const admin = caller(api.url, await api.officer('admin', 'id'));
  await admin.post('/v1/contacts', { office: 'id', name: 'Cahaya Rimba', phone: '+628100000009' });
});
afterAll(() => api.stop());

it.each([
  ['ticket.http', 'officer', '3319'],
  ['account.http', 'officer', '3319'],
  ['administration.http', 'admin', 'id'],
  ['waiting.http', 'supervisor', '33'],
  ['privacy.http', 'admin', 'id'],
  ['on-call.http', 'admin', 'id'],
  ['messages.http', 'admin', 'id'],
] as const)('%s works from top to bottom', async (file, role, office) => {
  const { email, totpSecret } = await api.officer(role, office);
  const otp = totpSecret ? nextCode(totpSecret) : '';
  const text = readFileSync(join(__dirname, '../../../../requests', file), 'utf8');
  const sent = await sendFile(text, { url: api.url, email, password, otp });
  expect(sent.length).toBe(text.match(/^[A-Z]+ \{\{url\}\}/gm)?.length);
  // A diagnosis needs the centre, which is not part of this test.
  const refused = sent.filter(
    ({ title, status }) => status >= 400 && !title.startsWith('What does not match'),
  );
  expect(refused).toEqual([]);
});
