/** The channels by which a person is reached, the one that is tried first where nobody says otherwise first. */
export const personChannels = ['whatsapp', 'email'] as const;
export type PersonChannel = (typeof personChannels)[number];
export type DeliveryChannel = PersonChannel | 'webhook';

export function isPersonal(channel: string): channel is PersonChannel {
  return (personChannels as readonly string[]).includes(channel);
}

interface ChannelFacts {
  /**
   * Whether its provider reports what became of each message, by our own id. One that it may have taken is not sent again
   * before its report has had time to come, and one that it took keeps its content, since it may still fail.
   */
  reports: boolean;
  /** Whether an officer may answer a message with its code. */
  replies: boolean;
}

/** In what the channels differ, for all who send, keep or read messages; their drivers are in drivers/drivers.ts. */
const facts = {
  whatsapp: { reports: true, replies: true },
  email: { reports: false, replies: false },
  webhook: { reports: false, replies: false },
} as const satisfies Record<DeliveryChannel, ChannelFacts>;

/** The channels whose providers post something to us, be it reports or replies. */
export type InboundChannel = {
  [Channel in DeliveryChannel]: true extends (typeof facts)[Channel]['reports' | 'replies'] ? Channel : never;
}[DeliveryChannel];

export function reportsDelivery(channel: DeliveryChannel): boolean {
  return facts[channel].reports;
}

/** The channels by which a code is answered. */
export const answeredChannels: readonly PersonChannel[] = personChannels.filter(
  (channel) => facts[channel].replies,
);

/** Where somebody is reached; of every channel it must be said, if only that there is no address. */
export type Addresses = Record<PersonChannel, string | undefined>;

/** The channels for which there is an address. */
export function reachedBy(addresses: Addresses): PersonChannel[] {
  return personChannels.filter((channel) => addresses[channel]);
}

/** The addresses that there are. */
export function givenAddresses(addresses: Addresses): Partial<Record<PersonChannel, string>> {
  return Object.fromEntries(reachedBy(addresses).map((channel) => [channel, addresses[channel]]));
}
