import { requireNode } from './launcher/node-version.mjs';

requireNode();
const { test } = await import('./launcher/test.mjs');
await test(process.argv.slice(2));
