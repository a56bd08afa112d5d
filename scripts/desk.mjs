// `npm run desk -- COMMAND`: the operator's commands. While `npm start` runs and nothing else is said, they speak to
// its demo, whose environment it keeps in .local/demo.env.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { places } from './launcher/places.mjs';

const told = process.env.DATABASE_URL || process.env.DATABASE_URL_FILE;
if (!told && existsSync(places.environment)) process.loadEnvFile(places.environment);

const desk = `${places.project}/dist/apps/desk/src/main.js`;
if (!existsSync(desk)) {
  console.error('Not built yet: run `npm run build` (or `npm start` once).');
  process.exit(1);
}
process.exit(spawnSync(process.execPath, [desk, ...process.argv.slice(2)], { stdio: 'inherit' }).status ?? 1);
