import { Inject, Injectable } from '@nestjs/common';
import { type Clock, clockOf } from '../model/deadlines';
import { HistoryEntry } from '../model/history';
import { endOfClock, pausedWithin, type Pause, suspensionKinds, suspensions } from './pauses';
import type { Ticket } from '../model/ticket';
import { type Config, CONFIG } from '@sinkron/config';
import { selectRows, toBinary, type Transaction } from '@sinkron/database';
import { type Escalation, type Incident, incidentRegion, incidentsSince } from '@sinkron/escalation';
import { regionOf } from '@sinkron/lag';
import { OfficeDirectory } from '@sinkron/offices';

/** Which tickets an incident of the centre holds up. */
const holdsUp: Record<Incident, (ticket: Ticket, incident: Escalation) => boolean> = {
  // A centre that answers and takes nothing makes no ticket less late; one that is away does.
  centre_not_taking: (_, { detail }) => detail?.outage === 1,
  centre_not_answering: () => true,
  centre_rejects_us: () => true,
  // One ticket's request, which we must correct: no other ticket waits for it.
  request_invalid: () => false,
  centre_delayed: ({ push }) => push === 'accepted' || push === 'applied',
};

/** A ticket's clock (R7) as it is now. */
export interface TicketClock {
  /** When it comes to its end; null while it stands still. */
  dueAt: Date | null;
  /** The incident for which it stands still. */
  heldBy: string | null;
  /** Milliseconds that incidents held it up so far. */
  heldUp: number;
}

/**
 * The clock of a ticket, less every pause: its suspensions, from its history, and the
 * incidents of the centre, from theirs. Worked out anew each time, so nothing can be added twice or be forgotten.
 */
@Injectable()
export class TicketClocks {
  constructor(
    private readonly offices: OfficeDirectory,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async of(transaction: Transaction, ticket: Ticket): Promise<TicketClock> {
    const clock = clockOf(ticket, this.config.durations);
    const incidents = await this.incidents(transaction, ticket);
    const pauses = incidents.map((incident) => pauseOf(incident, clock, transaction.now));
    const dueAt = endOfClock(clock.from, clock.length, [
      ...pauses,
      ...(await suspensionsOf(transaction, ticket)),
    ]);
    const holding = incidents.find((_, at) => pauses[at]?.to === null);
    return {
      dueAt,
      heldBy: dueAt === null ? (holding?.incident ?? null) : null,
      heldUp: pausedWithin(pauses, clock.from, transaction.now),
    };
  }

  /** The incidents since the ticket's round began that hold it up. One that waits for an officer is held up by none. */
  async incidents(transaction: Transaction, ticket: Ticket): Promise<Escalation[]> {
    if (ticket.state !== 'open') return [];
    const found = await incidentsSince(transaction, ticket.roundAt);
    // The tree may need a connection of its own, and this one is held: it is asked for only where a region matters.
    const regional = found.some(({ incident }) => incidentRegion(incident ?? '') !== null);
    const region = regional ? regionOf(await this.offices.tree(), ticket.officeId) : null;
    return found.filter((escalation) => {
      const { incident, reason } = escalation;
      const only = incidentRegion(incident ?? '');
      return (only === null || only === region) && holdsUp[reason as Incident](ticket, escalation);
    });
  }
}

/** One incident holds a clock up for so long at most: then the ticket is late, and a person must decide. */
function pauseOf({ openedAt, resolvedAt, detail }: Escalation, { longestHold }: Clock, now: Date): Pause {
  const from = typeof detail?.since === 'string' ? new Date(detail.since) : openedAt;
  const most = new Date(from.getTime() + longestHold);
  if (resolvedAt) return { from, to: resolvedAt < most ? resolvedAt : most };
  return { from, to: now < most ? null : most };
}

async function suspensionsOf(transaction: Transaction, { id }: Ticket): Promise<Pause[]> {
  const where = 'where ticket_id = ? and kind in (?) order by seq';
  return suspensions(await selectRows(transaction, HistoryEntry, where, [toBinary(id), suspensionKinds]));
}
