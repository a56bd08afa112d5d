import { loadConfig } from '@sinkron/config';
import { maskLine } from '@sinkron/observability';
import { createApi } from './bootstrap';
import { stopOnSignal } from './stop-on-signal';

async function main(): Promise<void> {
  const config = loadConfig();
  const app = await createApi(config);
  stopOnSignal(app);
  await app.listen(config.port, config.host);
}

main().catch((error: Error) => {
  console.error(maskLine(`The API cannot start. ${error.message}`));
  process.exit(1);
});
