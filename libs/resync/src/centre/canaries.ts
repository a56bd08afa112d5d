import { Injectable } from '@nestjs/common';
import { Centre, CentreWaits } from './centre';
import { Transactions } from '@sinkron/database';
import { canaryReadings } from '@sinkron/observability';
import type { AskedValues } from '@sinkron/registry';
import { Statements, WorkerTickets } from '@sinkron/tickets';

/** What re-reading of proved cases told: `matched` of `asked`; none asked is no news. */
export interface CanaryEvidence {
  asked: number;
  matched: number;
}

/** So many are read each time, out of so many of the newest. */
const flock = 2;
const newest = 50;

/**
 * Reads again what the centre had right a moment ago. It notices an outage also while nothing else is due, and a
 * centre that answers from an older state, which every other reading would take for lag. Only cases that were proved
 * lately are read, few at a time, and nothing is kept of the answers but their number.
 */
@Injectable()
export class Canaries {
  constructor(
    private readonly transactions: Transactions,
    private readonly tickets: WorkerTickets,
    private readonly statements: Statements,
    private readonly centre: Centre,
  ) {}

  async read(): Promise<CanaryEvidence> {
    const evidence = { asked: 0, matched: 0 };
    for (const { values, disputed } of await this.choose()) {
      try {
        const reading = await this.centre.ask((client) => client.verify(values), 'spare');
        const matched =
          reading.kind === 'compared' && disputed.every((field) => reading.verdicts[field] === true);
        evidence.asked += 1;
        evidence.matched += Number(matched);
        canaryReadings.inc({ result: matched ? 'match' : 'mismatch' });
      } catch (error) {
        if (!(error instanceof CentreWaits)) throw error;
        canaryReadings.inc({ result: 'not_answered' });
      }
    }
    return evidence;
  }

  private choose(): Promise<{ values: AskedValues; disputed: (keyof AskedValues)[] }[]> {
    return this.transactions.run(async (transaction) => {
      const proved = await this.tickets.resolvedLately(transaction, newest);
      const flown = proved
        .filter(({ outcome }) => outcome === 'synchronised')
        .map((ticket) => ({ ticket, at: Math.random() }))
        .sort((one, other) => one.at - other.at)
        .slice(0, flock);
      const values = await this.statements.readMany(
        transaction,
        flown.map(({ ticket }) => ticket.statementId),
      );
      return flown.flatMap(({ ticket }) => {
        const applicant = values.get(ticket.statementId)?.applicant;
        if (!applicant) return [];
        const { nik, kk, name, birthDate, birthPlace, sex } = applicant;
        return { values: { nik, kk, name, birthDate, birthPlace, sex }, disputed: ticket.disputed ?? [] };
      });
    });
  }
}
