import { BlockList, isIP } from 'node:net';

/** Of this machine, of local networks, of cloud metadata, and of no use anywhere (IANA's special-purpose registries). */
const special = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const) {
  special.addSubnet(network, bits, 'ipv4');
}
/** Everything but global unicast; and of that what stands for IPv4 addresses (NAT64, 6to4, Teredo). */
const globalUnicast = new BlockList();
globalUnicast.addSubnet('2000::', 3, 'ipv6');
special.addSubnet('2001::', 32, 'ipv6');
special.addSubnet('2002::', 16, 'ipv6');

const localNames = /^[^.]+$|\.(?:local|localhost|lan|home|internal|home\.arpa)$/i;

/** Whether servers elsewhere could reach that host, as far as its name or address says. */
export function isReachableFromOutside(hostname: string): boolean {
  const address = hostname.replace(/^\[|\]$/g, '');
  return isIP(address) ? !isPrivateAddress(address) : !localNames.test(hostname);
}

/** Whether a host name or an address means this machine alone. */
export function isLoopback(hostname: string): boolean {
  const address = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  return /^(?:.+\.)?localhost$/.test(address) || address.startsWith('127.') || address === '::1';
}

/** @param address of IPv4 or IPv6, without brackets; anything else counts as private. */
export function isPrivateAddress(address: string): boolean {
  const version = isIP(address);
  if (version === 4) return special.check(address, 'ipv4');
  return version === 0 || !globalUnicast.check(address, 'ipv6') || special.check(address, 'ipv6');
}
