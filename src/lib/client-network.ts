import { isIPv6 } from 'node:net';

/**
 * The key by which limits count a client: its IPv4 address or its IPv6 /64, since each device of a household takes as many
 * addresses of the /64 as it likes.
 * @param address undefined for a connection that is closed already.
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
