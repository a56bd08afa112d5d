import { Handoff } from '../handoffs/handoff';
import { Escalation } from '../model/escalation';
import { type Id, selectRows, toBinary, type Transaction } from '@sinkron/database';

/** An escalation with its hand-offs. */
export interface EscalationWithHandoffs {
  escalation: Escalation;
  handoffs: Handoff[];
}

/** The escalations of a ticket, newest first, each with its hand-offs, oldest first; of both at most so many. */
export async function escalationsOfTicket(
  transaction: Transaction,
  ticketId: Id,
  limits: { escalations: number; handoffs: number },
): Promise<EscalationWithHandoffs[]> {
  const escalations = await selectRows(
    transaction,
    Escalation,
    'where ticket_id = ? order by id desc limit ?',
    [toBinary(ticketId), limits.escalations],
  );
  if (escalations.length === 0) return [];
  const handoffs = await selectRows(transaction, Handoff, 'where escalation_id in (?) order by id limit ?', [
    escalations.map(({ id }) => toBinary(id)),
    limits.handoffs,
  ]);
  return escalations.map((escalation) => ({
    escalation,
    handoffs: handoffs.filter(({ escalationId }) => escalationId === escalation.id),
  }));
}

/** Destroys what officers wrote about a ticket's escalations: the note, and who confirmed a hand-off and how. */
export async function wipeEscalations(transaction: Transaction, ticketId: Id): Promise<void> {
  const key = toBinary(ticketId);
  await transaction.execute(
    'update handoff set sealed = null where escalation_id in (select id from escalation where ticket_id = ?)',
    [key],
  );
  await transaction.execute('update escalation set sealed = null where ticket_id = ?', [key]);
}
