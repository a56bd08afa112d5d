import { Injectable } from '@nestjs/common';
import { Centre, CentreWaits } from './centre';
import { Transactions } from '@sinkron/database';
import { canaryReadings } from '@sinkron/observability';
import type { AskedValues } from '@sinkron/registry';
import { Statements, WorkerTickets } from '@sinkron/tickets';

/** How many proved tickets were read again and how many of them still match; with none asked, nothing is known. */
export interface CanaryEvidence {
  asked: number;
  matched: number;
}

/** So many are read each time, chosen from so many of the newest. */
const canaries = 2;
const newest = 50;

/**
 * Reads again what the centre had right a moment ago. It notices an outage also while nothing else is due, and a
 * centre that answers from an older state, which every other reading would take for lag. Only tickets that were proved
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
      const chosen = proved
        .filter(({ outcome }) => outcome === 'synchronised')
        .map((ticket) => ({ ticket, at: Math.random() }))
        .sort((one, other) => one.at - other.at)
        .slice(0, canaries);
      const values = await this.statements.readMany(
        transaction,
        chosen.map(({ ticket }) => ticket.statementId),
      );
      return chosen.flatMap(({ ticket }) => {
        const applicant = values.get(ticket.statementId)?.applicant;
        if (!applicant) return [];
        const { nik, kk, name, birthDate, birthPlace, sex } = applicant;
        return { values: { nik, kk, name, birthDate, birthPlace, sex }, disputed: ticket.disputed ?? [] };
      });
    });
  }
}
