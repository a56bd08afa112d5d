import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

// A user's PATH often lacks the folders in which Debian keeps daemons.
const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/local/sbin', '/usr/sbin', '/sbin'];

/** @param {string} name @returns {string | null} the program's path, or null where there is none */
export function onPath(name) {
  for (const folder of folders.filter(Boolean)) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not in this folder.
    }
  }
  return null;
}
