import { Inject, Injectable } from '@nestjs/common';
import type { Escalation, EscalationOutcome, EscalationState } from '../model/escalation';
import { EscalationTransitions, save } from './escalation-transitions';
import { Escalations, notePlace } from './escalations';
import { type OfficerActor, requirePermission } from '@sinkron/accounts';
import { Audit, actedBy } from '@sinkron/audit';
import { type Config, CONFIG } from '@sinkron/config';
import { Sealing, type Transaction, Transactions } from '@sinkron/database';
import { maskText } from '@sinkron/identity';
import { fieldError, invalid, Problem, type Text } from '@sinkron/observability';

/** What officers do with an escalation: acknowledge it, give it back, end it, tell applicants of an incident. */
@Injectable()
export class EscalationMoves {
  constructor(
    private readonly transactions: Transactions,
    private readonly escalations: Escalations,
    private readonly transitions: EscalationTransitions,
    private readonly sealing: Sealing,
    private readonly audit: Audit,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * The officer acts on it. A second acknowledgement by anybody is a conflict, so that only one believes to have it.
   * @param until by when something will have been done, if not by when the policy says
   * @throws Problem `not_found` outside the scope, `forbidden` for an incident without that permission, `conflict`,
   *   `invalid` for a time that is over or too far away
   */
  acknowledge(by: OfficerActor, id: string, until?: Date): Promise<Escalation> {
    return this.move(by, id, 'escalation_acknowledged', async (escalation, transaction) => {
      if (escalation.state !== 'open') throw conflictOf(escalation.state);
      if (until) this.requireTimeToCome(until, transaction.now);
      await this.transitions.acknowledge(transaction, escalation, {
        officerId: by.officerId,
        via: 'desk',
        until,
      });
    });
  }

  /** Gives it back: the ladder begins again at once. @throws Problem as `acknowledge` does */
  unacknowledge(by: OfficerActor, id: string): Promise<Escalation> {
    return this.move(by, id, 'escalation_given_back', async (escalation, transaction) => {
      if (escalation.state !== 'acknowledged') throw notAcknowledged();
      await this.transitions.release(transaction, escalation, 'given_back', by.officerId);
    });
  }

  /** It is over, and how. @throws Problem as `acknowledge` does */
  resolve(
    by: OfficerActor,
    id: string,
    outcome: EscalationOutcome,
    note: string | null,
  ): Promise<Escalation> {
    return this.move(by, id, 'escalation_resolved', (escalation, transaction) =>
      this.end(transaction, by, escalation, { outcome, note }),
    );
  }

  /** As `resolve`, in the transaction of a caller who changes the ticket as well. */
  async resolveIn(
    transaction: Transaction,
    by: OfficerActor,
    id: string,
    ending: { outcome: EscalationOutcome; note: string | null },
  ): Promise<Escalation> {
    const escalation = await this.lock(transaction, by, id);
    await this.end(transaction, by, escalation, ending);
    await this.record(transaction, by, 'escalation_resolved', escalation);
    return escalation;
  }

  /**
   * What applicants read while this incident lasts, instead of the usual words. It is public, so numbers are masked
   * before it is kept.
   * @throws Problem as `acknowledge` does, and `conflict` for the escalation of a single ticket
   */
  broadcast(by: OfficerActor, id: string, words: Text): Promise<Escalation> {
    return this.move(by, id, 'incident_broadcast', async (escalation, transaction) => {
      if (escalation.state === 'resolved') throw conflictOf(escalation.state);
      if (escalation.incident === null) throw noIncident();
      escalation.addDetail({ broadcastId: maskText(words.id), broadcastEn: maskText(words.en) });
      await save(transaction, escalation);
    });
  }

  private async end(
    transaction: Transaction,
    by: OfficerActor,
    escalation: Escalation,
    { outcome, note }: { outcome: EscalationOutcome; note: string | null },
  ): Promise<void> {
    if (escalation.state === 'resolved') throw conflictOf(escalation.state);
    if (note) escalation.sealed = this.sealing.seal({ note }, notePlace(escalation.id));
    const { officerId } = by;
    await this.transitions.end(transaction, escalation, { outcome, cause: 'by_officer', officerId });
  }

  private move(
    by: OfficerActor,
    id: string,
    action: string,
    act: (escalation: Escalation, transaction: Transaction) => Promise<void>,
  ): Promise<Escalation> {
    return this.transactions.run(async (transaction) => {
      const escalation = await this.lock(transaction, by, id);
      await act(escalation, transaction);
      await this.record(transaction, by, action, escalation);
      return escalation;
    });
  }

  /** Reads it locked, for a change. An incident concerns every office and needs a permission of its own. */
  private async lock(transaction: Transaction, by: OfficerActor, id: string): Promise<Escalation> {
    const escalation = await this.escalations.get(transaction, by.scope, id, 'for update');
    if (escalation.incident) requirePermission(by, 'incidents');
    return escalation;
  }

  private record(transaction: Transaction, by: OfficerActor, action: string, escalation: Escalation) {
    const { id, incident, ticketId, outcome } = escalation;
    return this.audit.record(transaction, {
      ...actedBy(by),
      action,
      ...(ticketId && { ticketId }),
      detail: { escalation: id, incident, outcome },
    });
  }

  private requireTimeToCome(until: Date, now: Date): void {
    const latest = new Date(now.getTime() + this.config.durations.longestHold);
    if (until > now && until <= latest) return;
    throw invalid([
      fieldError(
        'until',
        'until_out_of_bounds',
        `Tulis waktu yang akan datang, paling lambat ${latest.toISOString()}.`,
        `Give a time to come, ${latest.toISOString()} at the latest.`,
      ),
    ]);
  }
}

function noIncident(): Problem {
  return new Problem('conflict', {
    id: 'Pengumuman hanya untuk gangguan umum; untuk satu laporan, hubungi pemohonnya.',
    en: 'A broadcast is for incidents only; for a single ticket, contact the applicant.',
  });
}

function notAcknowledged(): Problem {
  return new Problem('conflict', {
    id: 'Eskalasi ini tidak sedang dipegang siapa pun, atau sudah diserahkan ke pusat.',
    en: 'Nobody has this escalation now, or it was handed off to the centre.',
  });
}

function conflictOf(state: EscalationState): Problem {
  const detail =
    state === 'resolved'
      ? { id: 'Eskalasi ini sudah selesai.', en: 'This escalation is resolved already.' }
      : {
          id: 'Eskalasi ini sudah ada yang menangani.',
          en: 'Somebody has acknowledged this escalation already.',
        };
  return new Problem('conflict', detail);
}
