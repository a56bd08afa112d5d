import { Inject, Injectable } from '@nestjs/common';
import type { Ticket } from '../model/ticket';
import { type Config, CONFIG } from '@sinkron/config';
import { type EscalatedTicket, urgencyOf, type UrgencyReason } from '@sinkron/escalation';
import { chanceOf, LagEstimates } from '@sinkron/lag';

/** Why a case is urgent, and the figures that say so, for the escalation, the history and the officer. */
export interface Urgency {
  reason: UrgencyReason;
  /** Of `unlikely_before_deadline`: the probability, of how many cases of whom. */
  detail: { probability: number; sampleSize: number; basis: string } | undefined;
}

/** Judges a case by its facts and by what was known of the lag when this judge was called. */
export type UrgencyJudge = (ticket: Ticket, now: Date, flagged?: boolean) => Urgency | null;

/** The urgency rules, with the probability of each case as one of their facts. */
@Injectable()
export class TicketUrgency {
  constructor(
    private readonly estimates: LagEstimates,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Called before a transaction; its judge then needs no reading. */
  async judge(): Promise<UrgencyJudge> {
    const lags = await this.estimates.current();
    const line = this.config.urgencyThreshold;
    return (ticket, now, flagged = false) => {
      const lag = lags.of(ticket.officeId);
      const chance = ticket.deadlineAt && chanceOf(lag, ticket, now, ticket.deadlineAt);
      const reason = urgencyOf({ ...ticket, now, flagged, chance, line });
      if (!reason) return null;
      if (reason !== 'unlikely_before_deadline' || chance === null || !lag) {
        return { reason, detail: undefined };
      }
      const { sampleSize, basis } = lag;
      return { reason, detail: { probability: Math.round(chance * 100) / 100, sampleSize, basis } };
    };
  }
}

/** A case as it is put before a person. */
export function escalationOf(
  { id, code, officeId, deadlineAt }: Ticket,
  reason: EscalatedTicket['reason'],
  detail?: EscalatedTicket['detail'],
): EscalatedTicket {
  return { ticketId: id, code, officeId, deadlineAt, reason, detail };
}
