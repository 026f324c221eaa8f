import { isIPv6 } from 'node:net';

/**
 * Whom an address stands for, where something is counted by it: a household on IPv6 has a whole /64, of which each device
 * takes as many addresses as it likes.
 * @param address undefined for a connection that is gone already.
 */
export function clientNetwork(address: string | undefined = ''): string {
  const plain = address.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '');
  if (!isIPv6(plain)) return plain;
  const hostname = new URL(`http://[${plain}]`).hostname.slice(1, -1);
  const [head = '', tail] = hostname.split('::');
  const groups = head.split(':').filter((group) => group !== '');
  const after = tail?.split(':').filter((group) => group !== '') ?? [];
  const zeros = tail === undefined ? 0 : 8 - groups.length - after.length;
  const all = [...groups, ...Array.from({ length: zeros }, () => '0'), ...after];
  return `${all.slice(0, 4).join(':')}::/64`;
}
