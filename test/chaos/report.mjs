import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';

const begin = '<!-- chaos: begin -->';
const end = '<!-- chaos: end -->';

/**
 * The run as a table for people.
 * @param {{ command: string, seed: number, seconds: number, quietSeconds: number, complaints: number, tries: number,
 *   messages: number,
 *   survived: Map<string, number>, losses: { name: string, found: number }[] }} run
 */
export function tableOf({ command, seconds, quietSeconds, complaints, tries, messages, survived, losses }) {
  const faults = [...survived].sort(([one], [other]) => one.localeCompare(other));
  return [
    `\`${command}\`: ${Math.round(seconds)} s with faults, ${complaints} complaints in ${tries} requests, ${messages} messages, quiet ${Math.round(quietSeconds)} s after the last fault.`,
    '',
    '| Fault | Times |',
    '| --- | ---: |',
    ...faults.map(([name, times]) => `| ${name} | ${times} |`),
    '',
    '| What must not happen | Found |',
    '| --- | ---: |',
    ...losses.map(({ name, found }) => `| ${name} | ${found} |`),
  ].join('\n');
}

/** Puts the table between the marks of a page of the documentation. */
export async function writeInto(path, table) {
  const page = readFileSync(path, 'utf8');
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${path} has no marks for the table`);
  const written = `${page.slice(0, from + begin.length)}\n\n${table}\n\n${page.slice(to)}`;
  writeFileSync(path, await format(written, { ...(await resolveConfig(path)), filepath: path }));
}
