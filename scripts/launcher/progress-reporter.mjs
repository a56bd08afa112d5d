import { renameSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';

/**
 * A reporter of Jest that keeps a file with what is running now, as JSON: `["path › name of the test"]`. Each start and
 * each end of a test writes it, so its time says when something last happened, also to another process while a test
 * blocks this one.
 */
export default class ProgressReporter {
  /** The test that each file is at; null while it is at none. */
  #running = new Map();

  /** @param {{ rootDir: string }} config @param {{ progress?: string }} [options] */
  constructor({ rootDir }, { progress = process.env.PROGRESS_FILE } = {}) {
    this.rootDir = rootDir;
    this.file = progress;
  }

  onTestFileStart({ path }) {
    this.#set(path, null);
  }

  onTestCaseStart({ path }, { ancestorTitles, title }) {
    this.#set(path, [...ancestorTitles, title].join(' › '));
  }

  onTestCaseResult({ path }) {
    this.#set(path, null);
  }

  onTestFileResult({ path }) {
    this.#running.delete(path);
    this.#write();
  }

  #set(path, test) {
    this.#running.set(path, test);
    this.#write();
  }

  #write() {
    const running = [...this.#running].map(([path, test]) =>
      [relative(this.rootDir, path), test].filter(Boolean).join(' › '),
    );
    // Whole or not at all, for whoever reads it at this moment.
    writeFileSync(`${this.file}.new`, JSON.stringify(running));
    renameSync(`${this.file}.new`, this.file);
  }
}
