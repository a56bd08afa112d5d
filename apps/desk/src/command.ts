import type { Config } from '@sinkron/config';

/** Where a command speaks: results to standard output, progress to standard error. */
export interface Terminal {
  print: (line: string) => void;
  progress: (line: string) => void;
  /** All of standard input. */
  input: () => Promise<string>;
}

/** @throws Failure, Problem or Error: the command did nothing, or says what it did */
export type Command = (config: Config, args: string[], terminal: Terminal) => Promise<void>;
