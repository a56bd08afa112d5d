import type { WorkKind } from '@sinkron/queue';

/** The kinds of work whose subject is a delivery: programs that hang must not hold up the messages to people. */
export const deliveryWork = [
  { name: 'delivery', asksCentre: false },
  { name: 'webhook', asksCentre: false, mayHang: true },
] as const satisfies readonly WorkKind[];
