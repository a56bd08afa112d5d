import { rmSync } from 'node:fs';
import { places } from './launcher/places.mjs';
import { lockFolder } from './servers/lock.mjs';

// `npm run reset`: forgets what `npm start` made (people, complaints, keys, logs); the unpacked packages stay.

try {
  // Held until the folder is gone, lock and all, so that no start can begin meanwhile.
  await lockFolder(places.data, null);
  for (const path of [places.demo, places.secrets, places.logs, places.data])
    rmSync(path, { recursive: true, force: true });
  console.log('Forgotten: the data, keys, sign-in and logs of npm start.');
  if (process.env.DATABASE_URL)
    console.log('The database that DATABASE_URL names was left as it is; empty it yourself.');
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
