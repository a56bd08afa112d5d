import { Injectable } from '@nestjs/common';
import { Transactions } from '@sinkron/database';
import type { Escalation } from '@sinkron/escalation';
import { localTime, maskText } from '@sinkron/identity';
import type { Text } from '@sinkron/observability';
import { TicketClocks, StatusDesk, type Ticket } from '@sinkron/tickets';

/** The notice of a fault at the centre that holds a ticket up: one text for all applicants. */
@Injectable()
export class IncidentNotices {
  constructor(
    private readonly transactions: Transactions,
    private readonly clocks: TicketClocks,
    private readonly desk: StatusDesk,
  ) {}

  /** @returns null while nothing at the centre holds the ticket up */
  async of(ticket: Ticket): Promise<Text | null> {
    if (ticket.openMarker === null) return null;
    const incidents = await this.transactions.run((transaction) =>
      this.clocks.incidents(transaction, ticket),
    );
    const incident = incidents.find(({ openMarker }) => openMarker === 1);
    if (!incident) return null;
    const since = localTime(incident.openedAt, await this.desk.zoneOf(ticket));
    return broadcastOf(incident) ?? usualWords(since);
  }
}

/** The text that a supervisor or the centre's liaison wrote for the applicants of this incident. */
function broadcastOf({ detail }: Escalation): Text | null {
  const { broadcastId: id, broadcastEn: en } = detail ?? {};
  if (typeof id !== 'string') return null;
  return { id: maskText(id), en: maskText(typeof en === 'string' ? en : id) };
}

function usualWords(since: string): Text {
  return {
    id: `Layanan pusat sedang terganggu sejak ${since}. Waktu tunggu laporan Anda dihentikan sementara; Anda tidak perlu melapor lagi.`,
    en: `There is a fault at the centre since ${since}. The clock of your report stands still; you need not report again.`,
  };
}
