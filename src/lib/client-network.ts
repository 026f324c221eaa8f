import { isIPv4, isIPv6 } from 'node:net';

/**
 * The key by which limits count a client: its IPv4 address or its IPv6 /64, since each device of a household takes as many
 * addresses of the /64 as it likes.
 * @param address undefined for a connection that is closed already.
 */
export function clientNetwork(address: string | undefined = ''): string {
  const plain = plainAddress(address);
  return isIPv6(plain) ? `${groupsOf(plain).slice(0, 4).join(':')}::/64` : plain;
}

/** Where a client is, without saying who it is: its IPv4 /24 or its IPv6 /48; empty where that is not known. @param address as above */
export function clientRegion(address: string | undefined = ''): string {
  const plain = plainAddress(address);
  if (isIPv6(plain)) return `${groupsOf(plain).slice(0, 3).join(':')}::/48`;
  return isIPv4(plain) ? plain.replace(/\d+$/, '0/24') : '';
}

/** Without a zone; an IPv4 address as itself. */
function plainAddress(address: string): string {
  return address.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '');
}

/** The eight groups of an IPv6 address. */
function groupsOf(plain: string): string[] {
  const hostname = new URL(`http://[${plain}]`).hostname.slice(1, -1);
  const [head = '', tail] = hostname.split('::');
  const groups = head.split(':').filter((group) => group !== '');
  const after = tail?.split(':').filter((group) => group !== '') ?? [];
  const zeros = tail === undefined ? 0 : 8 - groups.length - after.length;
  return [...groups, ...Array.from({ length: zeros }, () => '0'), ...after];
}
