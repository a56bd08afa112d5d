import { Injectable } from '@nestjs/common';
import { ClosureWalk, closureWork } from '@sinkron/closures';
import { Handoffs, Ladder, escalationWork } from '@sinkron/escalation';
import { InboundHandling, inboundWork } from '@sinkron/lines';
import { MessageSender, deliveryWork } from '@sinkron/messaging';
import type { Handler } from '@sinkron/queue';
import { ContestReadings, DeadlineChecks, Pushes, Verifications } from '@sinkron/resync';
import { ticketWork } from '@sinkron/tickets';
import { WebhookSender } from '@sinkron/webhooks';

/** Every kind of work that this worker does. */
export const handledWork = [
  ...ticketWork,
  ...escalationWork,
  ...deliveryWork,
  ...inboundWork,
  ...closureWork,
];
export type HandledKind = (typeof handledWork)[number]['name'];

/** What is done about each kind of work; one without a handler does not compile. */
@Injectable()
export class Handlers {
  private readonly handlers: Record<HandledKind, Handler>;

  constructor(
    pushes: Pushes,
    verifications: Verifications,
    contests: ContestReadings,
    deadlines: DeadlineChecks,
    ladder: Ladder,
    handoffs: Handoffs,
    messages: MessageSender,
    webhooks: WebhookSender,
    inbound: InboundHandling,
    closures: ClosureWalk,
  ) {
    this.handlers = {
      push: (claim) => pushes.perform(claim),
      verify: (claim) => verifications.perform(claim),
      contest: (claim) => contests.perform(claim),
      deadline: (claim) => deadlines.perform(claim),
      ladder: (claim) => ladder.perform(claim),
      confirmation: (claim) => handoffs.confirmationLate(claim),
      delivery: (claim) => messages.perform(claim),
      webhook: (claim) => webhooks.perform(claim),
      inbound: (claim) => inbound.perform(claim),
      closure: (claim) => closures.perform(claim),
    };
  }

  of(kind: HandledKind): Handler {
    return this.handlers[kind];
  }
}

/** @throws Error naming each kind of work that a lib declares and this worker does not do */
export function assertAllHandled(declared: readonly { name: string }[]): void {
  const handled: readonly string[] = handledWork.map(({ name }) => name);
  const missing = declared.map(({ name }) => name).filter((name) => !handled.includes(name));
  if (missing.length > 0) throw new Error(`Kinds of work without a handler: ${missing.join(', ')}`);
}
