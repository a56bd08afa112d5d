import { type RunningApi, startApi } from '../testing/start-api';
import { catalogue } from '@sinkron/messaging';

let api: RunningApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

it('the catalogue shows every message in both languages and as WhatsApp approves it, and runs no script', async () => {
  const answer = await fetch(`${api.url}/docs/messages`);
  const html = await answer.text();
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toContain('text/html');
  expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
  expect(answer.headers.get('content-security-policy')).not.toContain('script-src');
  expect(html).not.toMatch(/<script|undefined|\[object/);
  expect(Buffer.byteLength(html)).toBeLessThan(20_000);
  for (const [name, { purpose, approved }] of Object.entries(catalogue)) {
    expect(html).toContain(`<h2>${name}</h2>`);
    expect(html).toContain(purpose.id);
    expect(html).toContain(`<b>${approved}</b>`);
  }
  expect(html).toContain('Laporan 7K3M-XQ94-HTRJ selesai');
  expect(html).toContain('Report 7K3M-XQ94-HTRJ is done');
  expect(html).toContain('Laporan {{1}} selesai: NIK dan KK Anda');
});
