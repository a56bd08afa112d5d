import 'reflect-metadata';
import { createApp } from './app';
import { Database } from './database';
import { loadRegistryMockConfig } from '@sinkron/config';
import { pino } from 'pino';

/** How long requests in flight may take to end; then their sockets are closed. Hanging ones never end. */
const graceMs = 2000;
const lastResortMs = 3000;

async function main(): Promise<void> {
  const config = loadRegistryMockConfig();
  const log = pino({ name: 'registry-mock', level: config.logLevel });
  const database = await Database.open(config.databaseUrl);
  const app = await createApp(database, log);

  let stopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping');
    const server = app.getHttpServer();
    setTimeout(() => server.closeAllConnections(), graceMs).unref();
    setTimeout(() => process.exit(1), lastResortMs).unref();
    app
      .close()
      .then(() => database.close())
      .then(
        () => process.exit(0),
        () => process.exit(1),
      );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);

  await app.listen(config.port, config.host);
  log.info({ host: config.host, port: config.port }, 'listening');
}

main().catch((error: unknown) => {
  // The driver's message may name the user of the database but holds no personal data before the first request.
  process.stderr.write(
    `registry-mock did not start: ${error instanceof Error ? error.message : 'unknown error'}\n`,
  );
  process.exit(1);
});
