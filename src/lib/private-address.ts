import { BlockList, isIP } from 'node:net';

/** Networks of local use: who is in one may reach others in it, and nobody outside can. Those of a row are one. */
const networks: readonly BlockList[] = (
  [
    [
      ['127.0.0.0', 8],
      ['::1', 128],
    ],
    [['10.0.0.0', 8]],
    [['172.16.0.0', 12]],
    [['192.168.0.0', 16]],
    // between a provider of internet access and its customers (RFC 6598); Tailscale's too
    [['100.64.0.0', 10]],
    [['169.254.0.0', 16]],
    [['198.18.0.0', 15]],
    [['fe80::', 10]],
    [['fc00::', 7]],
  ] as const
).map(blockList);

/** Of those, and of no use anywhere (IANA's special-purpose registries). */
const special = blockList([
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
  // what stands for IPv4 addresses: Teredo, 6to4
  ['2001::', 32],
  ['2002::', 16],
]);
const globalUnicast = blockList([['2000::', 3]]);

/** Where clouds hand out a machine's credentials: AWS and most others, Alibaba, Oracle, AWS again. */
const metadata = blockList([
  ['169.254.169.254', 32],
  ['169.254.170.0', 24],
  ['100.100.100.200', 32],
  ['192.0.0.192', 32],
  ['fd00:ec2::', 32],
  ['fd20:ce::254', 128],
]);

const localNames = /^[^.]+$|\.(?:local|localhost|lan|home|internal|home\.arpa)$/i;

/** Whether only this machine's own network can know a host of that name: it is no name of the public DNS. */
export function isLocalName(hostname: string): boolean {
  return localNames.test(hostname.replace(/\.$/, ''));
}

/** Whether servers elsewhere could reach that host, as far as its name or address says. */
export function isReachableFromOutside(hostname: string): boolean {
  const address = hostname.replace(/^\[|\]$/g, '');
  return isIP(address) ? !isPrivateAddress(address) : !isLocalName(hostname);
}

/** Whether a host name or an address means this machine alone. */
export function isLoopback(hostname: string): boolean {
  const address = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  return /^(?:.+\.)?localhost$/.test(address) || /^127\.[\d.]+$/.test(address) || address === '::1';
}

/** @param address of IPv4 or IPv6, without brackets; anything else counts as private. */
export function isPrivateAddress(address: string): boolean {
  const plain = isMapped(address) ? address : unwrap(address);
  if (isIP(plain) === 4) return special.check(plain, 'ipv4');
  return !isIn(globalUnicast, plain) || isIn(special, plain);
}

/** Whether both addresses are of the same local network; never for one of the internet. */
export function shareNetwork(one: string, other: string): boolean {
  return networks.some((network) => isIn(network, unwrap(one)) && isIn(network, unwrap(other)));
}

/** Whether a cloud gives away its machine's credentials there. */
export function isMetadataAddress(address: string): boolean {
  return isIn(metadata, unwrap(address));
}

function blockList(rows: readonly (readonly [network: string, bits: number])[]): BlockList {
  const list = new BlockList();
  for (const [network, bits] of rows) list.addSubnet(network, bits, isIP(network) === 4 ? 'ipv4' : 'ipv6');
  return list;
}

function isIn(list: BlockList, address: string): boolean {
  const version = isIP(address);
  return version !== 0 && list.check(address, version === 4 ? 'ipv4' : 'ipv6');
}

/** No DNS gives such an address (RFC 4291), so whoever names one is up to something. */
function isMapped(address: string): boolean {
  return isIP(address) === 6 && new URL(`http://[${withoutZone(address)}]`).hostname.startsWith('[::ffff:');
}

function withoutZone(address: string): string {
  return address.replace(/%.*$/, '');
}

/** The IPv4 address that an IPv6 one leads to, mapped or through NAT64 (RFC 6052); any other without its zone. */
function unwrap(address: string): string {
  if (isIP(address) !== 6) return address;
  const plain = withoutZone(address);
  const { hostname } = new URL(`http://[${plain}]`);
  const [, high = '', low = ''] = /^\[(?:::ffff|64:ff9b:):([\da-f]+):([\da-f]+)\]$/.exec(hostname) ?? [];
  if (!high) return plain;
  const bits = Number.parseInt(high, 16) * 65_536 + Number.parseInt(low, 16);
  return [24, 16, 8, 0].map((shift) => (bits >>> shift) & 255).join('.');
}
