import type { Text } from '@sinkron/observability';
import ipaddr from 'ipaddr.js';

/** Why an address outside is not called, and how to fix it. */
export const addressRefusals = {
  malformed: {
    id: 'Tulis alamat lengkap, seperti https://contoh.go.id/hook.',
    en: 'Write a whole address, like https://example.go.id/hook.',
  },
  scheme: {
    id: 'Alamat harus diawali https://.',
    en: 'The address must begin with https://.',
  },
  credentials: {
    id: 'Jangan tulis nama atau kata sandi di dalam alamat; pesan dibuktikan dengan tanda tangannya.',
    en: 'Write no name or password into the address; messages are proved by their signature.',
  },
  host: {
    id: 'Tulis nama host yang utuh, tanpa titik di akhir; localhost tidak diterima.',
    en: 'Write a full host name, without a dot at its end; localhost is not taken.',
  },
  port: { id: 'Port harus 443 atau 8443.', en: 'The port must be 443 or 8443.' },
  private: {
    id: 'Alamat ini tidak berada di internet umum. Jaringan sendiri harus disebut di WEBHOOK_NETWORKS.',
    en: 'This address is not on the public internet. A network of your own must be named in WEBHOOK_NETWORKS.',
  },
  unresolved: {
    id: 'Nama host ini tidak dikenal DNS. Periksa ejaannya.',
    en: 'DNS does not know this host name. Check its spelling.',
  },
} as const satisfies Record<string, Text>;

export type AddressRefusal = keyof typeof addressRefusals;

const ports = ['', '443', '8443'];
/** Public in form, and the virtual host of every machine in Azure. */
const hostOfTheCloud = '168.63.129.16';
const globalUnicast = ipaddr.parseCIDR('2000::/3');

/**
 * What is wrong with an address as it is written. It was read by `new URL` before, which turns `0x7f.1`, `2130706433`
 * and their like into the address that they stand for.
 */
export function judgeUrl({ protocol, username, password, hostname }: URL): AddressRefusal | null {
  if (protocol !== 'https:' && protocol !== 'http:') return 'scheme';
  if (username || password) return 'credentials';
  if (hostname === '' || hostname.endsWith('.') || /(^|\.)localhost$/.test(hostname)) return 'host';
  return null;
}

/**
 * What is wrong with calling this URL at one of the addresses that its host resolves to: elsewhere than in our own
 * networks only what is globally reachable, by TLS, on its usual ports.
 */
export function judgeAddress(
  { protocol, port }: URL,
  address: string,
  networks: readonly string[],
): AddressRefusal | null {
  if (!ipaddr.isValid(address)) return 'private';
  const parsed = ipaddr.parse(address);
  if (networks.some((network) => contains(network, parsed))) return null;
  if (!isGlobal(parsed)) return 'private';
  if (protocol !== 'https:') return 'scheme';
  return ports.includes(port) ? null : 'port';
}

/** What wraps an IPv4 address into an IPv6 one (mapped, compatible, NAT64, 6to4, Teredo) is never global here. */
function isGlobal(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  if (address.range() !== 'unicast' || address.toString() === hostOfTheCloud) return false;
  return address.kind() === 'ipv4' || address.match(globalUnicast);
}

function contains(network: string, address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  const [base, bits] = network.includes('/')
    ? ipaddr.parseCIDR(network)
    : ([ipaddr.parse(network), 128] as const);
  if (base.kind() !== address.kind()) return false;
  return address.match(base, Math.min(bits, base.kind() === 'ipv4' ? 32 : 128));
}
