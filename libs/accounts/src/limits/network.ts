import { isIPv4, isIPv6 } from 'node:net';

/**
 * Whom an attempt is counted against: an IPv4 address, or the /64 of an IPv6 address, since one line has a whole /64
 * to choose from. Anything else is one common network.
 */
export function networkOf(address: string): string {
  const [unzoned = ''] = address.split('%');
  const plain = unzoned.replace(/^::ffff:(?=\d+\.)/i, '');
  if (isIPv4(plain)) return plain;
  if (!isIPv6(plain)) return 'unknown';
  const [head = '', tail = ''] = plain.split('::');
  const before = groups(head);
  const after = groups(tail);
  const zeros = plain.includes('::') ? Math.max(0, 8 - before.length - after.length) : 0;
  const all = [...before, ...Array<number>(zeros).fill(0), ...after];
  return `${all
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`;
}

/**
 * From where, as an officer may recognise it among the own sessions and nobody can find the line by it: three of the
 * four parts of an IPv4 address, or the /48 of an IPv6 address.
 */
export function maskedNetwork(address: string): string {
  const network = networkOf(address);
  if (network.includes(':')) return `${network.split(':').slice(0, 3).join(':')}::/48`;
  return network.replace(/\.\d+$/, '.x');
}

function groups(part: string): number[] {
  return part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16));
}
