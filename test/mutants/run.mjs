// `npm run mutate [part of a path …]`: breaks each line of the pure files in turn and counts how many of these mutants
// the unit tests beside the file notice. Fails when a file falls below the least score.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { Stryker } from '@stryker-mutator/core';

const leastScore = 85;
const tempDirName = '.local/mutants';

const parts = process.argv.slice(2);
const files = JSON.parse(readFileSync(new URL('files.json', import.meta.url), 'utf8'));
const chosen = files.filter((file) => parts.length === 0 || parts.some((part) => file.includes(part)));
if (chosen.length === 0) throw new Error(`No file of test/mutants/files.json holds ${parts.join(' or ')}`);

rmSync(tempDirName, { recursive: true, force: true });
mkdirSync(tempDirName, { recursive: true });
const scores = [];
for (const file of chosen) {
  const mutants = await mutate(file);
  for (const mutant of mutants.filter(isAlive)) console.log(line(file, mutant));
  const score = scoreOf(file, mutants);
  console.log(`${file}: ${score.score} %`);
  scores.push(score);
}
console.table(Object.fromEntries(scores.map(({ file, ...figures }) => [file, figures])));
const low = scores.filter(({ score }) => score < leastScore);
for (const { file, score } of low) console.error(`${file}: ${score} % is below ${leastScore} %`);
process.exit(low.length > 0 ? 1 : 0);

/** One file at a time, so that only the tests beside it run, also for what is built when the file is loaded. */
function mutate(file) {
  process.env.MUTATED_FILE = file;
  return new Stryker({
    mutate: [file],
    testRunner: 'jest',
    plugins: ['@stryker-mutator/jest-runner'],
    jest: {
      projectType: 'custom',
      configFile: 'test/mutants/jest.config.cjs',
      enableFindRelatedTests: false,
    },
    coverageAnalysis: 'perTest',
    concurrency: 2,
    // A busy machine is slow; what is slower than this goes round for ever.
    timeoutMS: 10_000,
    timeoutFactor: 4,
    tempDirName,
    ignorePatterns: ['**', '!jest.config.js', '!package.json', '!libs/**', '!test/mutants/**'],
    reporters: [],
    logLevel: 'error',
    allowConsoleColors: false,
  }).runMutationTest();
}

function isAlive({ status }) {
  return status === 'Survived' || status === 'NoCoverage';
}

function scoreOf(file, mutants) {
  const count = (...statuses) => mutants.filter(({ status }) => statuses.includes(status)).length;
  const noticed = count('Killed', 'Timeout');
  const alive = count('Survived', 'NoCoverage');
  const score = Math.floor((1000 * noticed) / Math.max(1, noticed + alive)) / 10;
  return { file, mutants: noticed + alive, 'by time-out': count('Timeout'), alive, score };
}

function line(file, { location, replacement, mutatorName, status }) {
  const shown = (replacement ?? mutatorName).replaceAll(/\s+/g, ' ').slice(0, 120);
  return `${file}:${location.start.line + 1}:${location.start.column + 1} ${status}: ${shown}`;
}
