import { firstDueAt } from './deadlines';
import { type Service, serviceOf, type WorkflowName } from './services';
import type { Ticket } from './ticket';
import { centreWork } from './ticket-work';
import type { Durations } from '@sinkron/config';
import type { NewWork } from '@sinkron/queue';

/** What a service has done for a ticket when a round of it begins. */
export interface Workflow {
  /** By when it should be done, for a round that begins then. */
  dueAt(from: Date, durations: Durations): Date;
  /** What is to be done first, beside the check of its deadline. */
  firstWork(ticket: Ticket): NewWork[];
}

const workflows: Record<WorkflowName, Workflow> = {
  resync: {
    dueAt: firstDueAt,
    firstWork: (ticket) => [centreWork('push', ticket, ticket.roundAt)],
  },
};

export function workflowOf(service: Service): Workflow {
  return workflows[serviceOf(service).workflow];
}
