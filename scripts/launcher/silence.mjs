import { existsSync, readFileSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Watches the file in which the progress reporter writes after each start and end of a test. Not a clock over the
 * whole: a slow machine may take its time as long as tests come to an end.
 *
 * @param {string} progress the file
 * @param {{ seconds: number, signal: AbortSignal }} limits `signal` ends the watch
 * @returns {Promise<string>} resolves when nothing happened for so long, and says what was running
 * @throws AbortError when the watch was ended
 */
export async function silence(progress, { seconds, signal }) {
  const begun = Date.now();
  const lastSign = () => Math.max(begun, existsSync(progress) ? statSync(progress).mtimeMs : 0);
  const every = Math.min(1_000, (seconds * 1000) / 10);
  while (Date.now() - lastSign() < seconds * 1000) {
    await sleep(every, undefined, { signal, ref: false });
  }
  return `no test came to an end for ${words(seconds)}; running: ${running(progress)}`;
}

function words(seconds) {
  return seconds < 60 ? `${seconds} s` : `${seconds / 60} minutes`;
}

function running(progress) {
  const tests = existsSync(progress) ? JSON.parse(readFileSync(progress, 'utf8')) : [];
  return tests.length > 0 ? tests.join('; ') : 'no test';
}
