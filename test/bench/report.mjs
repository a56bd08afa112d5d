import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import prettier from 'prettier';
import { places } from '../../scripts/launcher/places.mjs';
import { goals } from './figures.mjs';

const page = join(places.project, 'docs/performance.md');
const findings = new URL('findings.md', import.meta.url);

/**
 * Writes docs/performance.md and gives it back.
 * @param {object} result
 * @param {string} result.command how to get the same again
 * @param {string[]} result.versions
 * @param {Record<number, Record<string, import('./measure.mjs').Turn>>} result.load
 * @param {Record<string, { start: number, memory: number }>} result.processes
 * @param {number} result.pushes
 * @returns {Promise<string>}
 */
export async function writeReport(result) {
  const text = [
    head(result),
    goalTable(goals(result.load, result.processes)),
    ...Object.entries(result.load).map(loadTable),
    processTable(result),
    readFileSync(findings, 'utf8'),
  ].join('\n\n');
  const options = await prettier.resolveConfig(page);
  const formatted = await prettier.format(text, { ...options, parser: 'markdown' });
  writeFileSync(page, formatted);
  return formatted;
}

function head({ command, versions }) {
  const [{ model }] = cpus();
  const machine = `${cpus().length} × ${model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB`;
  return `# Performance

Written by \`${command}\` on ${new Date().toISOString().slice(0, 10)}; not edited by hand.
${machine}; ${versions.join(', ')}. The load generator, MariaDB and Redis share the machine, so the ratios are what
counts.

Three builds take the same complaints in one run, on the same servers, in turns whose order rotates:

- **bare**: Fastify and one INSERT per request. No sign-in, no checks, no queue.
- **obvious**: Nest, ValidationPipe, TypeORM's \`repository.save\` of ticket and person, BullMQ's \`queue.add\`. No
  sign-in, no sealing, no history, no idempotency, no look-up of an open ticket.
- **ours**: the API as it ships, log lines included: sign-in, sealed identity, folding of repeats, history,
  Idempotency-Key, applicant receipt, work rows, job queue.

Each request is about another synthetic person and has a key of its own. Only 2xx answers count. All figures are
medians. No worker runs while complaints come in.`;
}

function goalTable(list) {
  const row = ({ what, goal, reached, met }) =>
    `| ${what} | ${goal} | ${number(reached)} | ${met ? 'met' : '**missed**'} |`;
  return `## Goals\n\n${table('Goal | Wanted | Reached | ', list.map(row))}`;
}

function loadTable([connections, contenders]) {
  const row = ([name, turn]) => {
    const { perSecond, p50, p99, cpu, databaseCpu, batch, refused } = turn;
    const figures = [perSecond, p50, p99, cpu, databaseCpu].map(number);
    return `| ${[name, ...figures, Number.isNaN(batch) ? '1' : number(batch), refused].join(' | ')} |`;
  };
  const columns =
    'Build | Tickets/s | p50 ms | p99 ms | CPU ms/ticket | MariaDB CPU ms/ticket | Batch | Not 2xx';
  return `## ${connections} connections\n\n${table(columns, Object.entries(contenders).map(row))}`;
}

function processTable({ processes, pushes }) {
  const row = ([name, { start, memory }]) => `| ${name} | ${number(start)} | ${number(memory)} |`;
  const rows = Object.entries(processes).map(row);
  return `## Start and memory

${table('Build | Start until ready, s | PSS after load, MiB', rows)}

One worker pushed ${number(pushes)} tickets per second to a stand-in centre that answers at once, on the same
machine; each is a reading, a push, and their rows.`;
}

function table(columns, rows) {
  const line = columns.split('|').map(() => '---');
  return [`| ${columns} |`, `| ${line.join(' | ')} |`, ...rows].join('\n');
}

/** Three digits that mean something. */
function number(value) {
  return value >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}
