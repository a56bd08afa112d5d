import { time } from '../http/times';
import { snoozeView } from '../tickets/views/snooze-view';
import { officeName } from '../tickets/views/ticket-fields';
import { timedPageQuery } from '@sinkron/database';
import { officeCode } from '@sinkron/offices';
import { owners, publicStatuses, reasonCodes } from '@sinkron/tickets';
import { z } from 'zod';

export const stuckQuestion = timedPageQuery.extend({
  office: officeCode
    .optional()
    .describe('Code of an office, a province or the nation, as far as your scope goes'),
  reason: z.enum(reasonCodes).optional(),
});

const whoIsTold = z.enum(['office', 'every_office']);

export const stuckTicket = z.object({
  code: z.string().meta({ examples: ['7K3M-XQ94-HTRJ'] }),
  office: officeName,
  status: z.enum(publicStatuses),
  urgent: z.boolean(),
  reason: z.string().meta({ examples: ['waiting_for_resync'] }),
  reasonText: z.string(),
  owner: z.enum(owners).describe('Who has to act before it can go on'),
  waitingSince: time.describe('Since when it has this status and reason'),
  dueAt: time,
  deadline: z
    .object({
      at: time,
      told: whoIsTold.describe(
        'Who is told then, by an escalation of the ticket or an incident of everybody',
      ),
    })
    .nullable()
    .describe('When a person is told if nothing else happens'),
  nextAttemptAt: time.nullable().describe('Null: a person must act first'),
  attempts: z.int().describe('Failures of this service so far; those of the centre are not counted here'),
  hindrance: z
    .object({ code: z.string(), text: z.string() })
    .nullable()
    .describe('What the last attempt failed on, where that is not the reason itself'),
  known: snoozeView.nullable(),
});
export type StuckTicketView = z.output<typeof stuckTicket>;

const byReason = z.object({
  reason: z.string(),
  reasonText: z.string(),
  owner: z.enum(owners),
  cases: z.int(),
});

/** The counts are of the whole scope, not of the page or the filter by reason. */
export const stuckCounts = z.object({
  cases: z.int(),
  byReason: z.array(byReason),
  byOwner: z.record(z.enum(owners), z.int()),
});
export type StuckCounts = z.output<typeof stuckCounts>;

/** What holds up every office alike; the same for all callers. */
export const operations = z.object({
  gate: z
    .object({
      open: z.boolean(),
      reason: z.string().nullable(),
      reasonText: z.string().nullable(),
      since: time.nullable(),
      until: time.nullable(),
      failures: z.int().describe('In a row'),
    })
    .describe('The gate of the queue to the centre; while it is closed nothing is sent'),
  lateWork: z
    .array(z.object({ kind: z.string(), rows: z.int(), orMore: z.boolean(), oldestDueAt: time }))
    .describe('Work that has been due for longer than it should be, and that no worker has taken'),
});
export type OperationsView = z.output<typeof operations>;

export const stuckPage = z.object({
  items: z.array(stuckTicket),
  nextCursor: z.string().nullable(),
  counts: stuckCounts,
  operations,
});
export type StuckPage = z.output<typeof stuckPage>;
