import type { Durations } from '@sinkron/config';

/** Reality against what was said at one moment. */
export interface Calibration {
  asked: 'at the push' | 'six hours later';
  count: number;
  half: number;
  nineOfTen: number;
}

/** One run of the desk; delays are minutes from the match to its discovery. */
export interface Figures {
  tickets: number;
  reads: number;
  delay: number;
  delay90: number;
  calibration: Calibration[];
}

export function waitsOf(code: { durations: Durations }): string;

export function compare(
  code: object,
  scenario: 'steady' | 'drift' | 'outage',
  options: { seed: number; share?: number; turns?: number },
): { scenario: string; fixed: Figures; live: Figures; equalReads?: Figures; equalDelay?: Figures };
