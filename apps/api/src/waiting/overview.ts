import { Injectable } from '@nestjs/common';
import type { Language } from '../http/language';
import { operations, stuckTicket, stuckCounts } from './stuck-schemas';
import { countsOf, StuckViews } from './stuck-views';
import type { OfficerActor } from '@sinkron/accounts';
import { Escalations, escalationStates } from '@sinkron/escalation';
import { Evidence, Outlook } from '@sinkron/resync';
import { StuckTickets, type WaitingCount } from '@sinkron/tickets';
import { z } from 'zod';

const time = z.iso.datetime();
const mostShown = 5;

/** What a supervisor asks first. */
export const overview = z.object({
  centre: operations.shape.gate.extend({
    lastReadingAt: time.nullable().describe('When it last answered a reading'),
    incidents: z.array(
      z.object({
        id: z.uuid(),
        incident: z.string().describe('Its kind, and after an @ the only region that it concerns'),
        since: time,
        state: z.enum(escalationStates),
        evidence: z.record(z.string(), z.union([z.string(), z.number()])),
      }),
    ),
  }),
  lag: z
    .object({
      medianSeconds: z.int().nullable(),
      p90Seconds: z.int().nullable(),
      sampleSize: z.int().describe('Matches of the last three days; below 30 nothing is said'),
    })
    .describe('From an accepted push to its match, everywhere, computed anew each minute'),
  predictedToMiss: z
    .object({ cases: z.int(), atLeast: z.boolean() })
    .describe('Open tickets of your offices that are unlikely to be done before their own deadline'),
  cases: z
    .object({ open: z.int(), urgent: z.int(), overdue: z.int() })
    .describe('Of your offices; the overdue ones are those whose status says so'),
  stuck: stuckCounts.extend({ longest: z.array(stuckTicket).describe('The five that have waited longest') }),
  lateWork: operations.shape.lateWork,
});
export type OverviewView = z.output<typeof overview>;

/** Composes the overview: what each area says of itself, in one answer. */
@Injectable()
export class Overview {
  constructor(
    private readonly tickets: StuckTickets,
    private readonly stuck: StuckViews,
    private readonly escalations: Escalations,
    private readonly evidence: Evidence,
    private readonly outlook: Outlook,
  ) {}

  async read(by: OfficerActor, language: Language): Promise<OverviewView> {
    const { gate, lateWork } = await this.stuck.operations(language);
    const counted = await this.tickets.count(by.scope);
    const incidents = await this.escalations.openIncidents();
    const { medianSeconds, p90Seconds, sampleSize, predictedToMiss, atLeast } = await this.outlook.of(
      by.scope,
    );
    const lastReadingAt = await this.evidence.lastReadAt();
    return {
      centre: {
        ...gate,
        lastReadingAt: lastReadingAt?.toISOString() ?? null,
        incidents: incidents.map(({ id, incident, reason, openedAt, state, detail }) => ({
          id,
          incident: incident ?? reason,
          since: openedAt.toISOString(),
          state,
          evidence: detail ?? {},
        })),
      },
      lag: { medianSeconds, p90Seconds, sampleSize },
      predictedToMiss: { cases: predictedToMiss, atLeast },
      cases: totals(counted),
      stuck: {
        ...countsOf(counted, language),
        longest: await this.stuck.longest(by, mostShown, language),
      },
      lateWork,
    };
  }
}

/** A contested ticket is among those that wait, but it is not open. */
function totals(counted: WaitingCount[]): OverviewView['cases'] {
  const open = counted.filter(({ status }) => status !== 'resolved');
  const sum = (some: WaitingCount[]) => some.reduce((all, { cases }) => all + cases, 0);
  return {
    open: sum(open),
    urgent: sum(open.filter(({ urgent }) => urgent)),
    overdue: sum(open.filter(({ status }) => status === 'overdue')),
  };
}
