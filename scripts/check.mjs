import { toldToStop } from './servers/told-to-stop.mjs';
import { requireNode } from './launcher/node-version.mjs';

requireNode();
const { check } = await import('./launcher/check.mjs');
const told = toldToStop({ parent: process.env.npm_lifecycle_event ? 'npm' : null });
try {
  await check({ signal: told.signal });
} catch (error) {
  console.error(`\nFailed: ${error.message}`);
  process.exit(told.signal.aborted ? (await told.reason).code || 1 : 1);
}
process.exit(0);
