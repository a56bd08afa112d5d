import { createApi } from './bootstrap';
import { stopOnSignal } from './stop-on-signal';
import { loadConfig, LOGGER } from '@sinkron/config';
import { isDatabaseAway } from '@sinkron/database';
import { maskLine } from '@sinkron/observability';
import type { Logger } from 'pino';

async function main(): Promise<void> {
  const config = loadConfig();
  const app = await createApi(config);
  stopOnSignal(app);
  await app.listen(config.port, config.host);
  app.get<Logger>(LOGGER).info({ url: await app.getUrl() }, 'listening');
}

main().catch((error: Error) => {
  const why = isDatabaseAway(error)
    ? `The database of DATABASE_URL does not answer: ${error.message}`
    : error.message;
  console.error(maskLine(`The API cannot start. ${why}`));
  process.exit(1);
});
