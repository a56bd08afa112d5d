/** The channels by which a person is reached, the one that is tried first where nobody says otherwise first. */
export const personChannels = ['whatsapp', 'email'] as const;
export type PersonChannel = (typeof personChannels)[number];
export type DeliveryChannel = PersonChannel | 'webhook';

export function isPersonal(channel: string): channel is PersonChannel {
  return (personChannels as readonly string[]).includes(channel);
}

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
