import { requireNode } from './launcher/node-version.mjs';

requireNode();
const { start } = await import('./launcher/start.mjs');
await start();
