import { BlockList, isIP } from 'node:net';

/** Networks for local use, whose hosts reach each other and cannot be reached from outside. The ranges of one row form one network. */
const networks: readonly BlockList[] = (
  [
    [
      ['127.0.0.0', 8],
      ['::1', 128],
    ],
    [['10.0.0.0', 8]],
    [['172.16.0.0', 12]],
    [['192.168.0.0', 16]],
    // carrier-grade NAT (RFC 6598), also used by Tailscale
    [['100.64.0.0', 10]],
    [['169.254.0.0', 16]],
    [['198.18.0.0', 15]],
    [['fe80::', 10]],
    [['fc00::', 7]],
  ] as const
).map(blockList);

/** The ranges of local use and those of no use at all (IANA's special-purpose registries). */
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
  // IPv6 ranges that embed IPv4 addresses: Teredo, 6to4
  ['2001::', 32],
  ['2002::', 16],
]);
const globalUnicast = blockList([['2000::', 3]]);

/** Addresses where clouds hand out a machine's credentials: AWS and most others, AWS containers, Alibaba, Oracle, then AWS and Google over IPv6. */
const metadata = blockList([
  ['169.254.169.254', 32],
  ['169.254.170.0', 24],
  ['100.100.100.200', 32],
  ['192.0.0.192', 32],
  ['fd00:ec2::', 32],
  ['fd20:ce::254', 128],
]);

const localNames = /^[^.]+$|\.(?:local|localhost|lan|home|internal|home\.arpa)$/i;

/** Whether a host name is not one of the public DNS, so that only the local network can resolve it. */
export function isLocalName(hostname: string): boolean {
  return localNames.test(hostname.replace(/\.$/, ''));
}

/** Whether servers on the internet could reach a host, judged by its name or address alone. */
export function isReachableFromOutside(hostname: string): boolean {
  const address = hostname.replace(/^\[|\]$/g, '');
  return isIP(address) ? !isPrivateAddress(address) : !isLocalName(hostname);
}

/** Whether a host name or an address is this machine's loopback interface. */
export function isLoopback(hostname: string): boolean {
  const address = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  return /^(?:.+\.)?localhost$/.test(address) || /^127\.[\d.]+$/.test(address) || address === '::1';
}

/** Whether an address is not on the public internet. @param address IPv4 or IPv6 without brackets; anything else counts as private. */
export function isPrivateAddress(address: string): boolean {
  const plain = isMapped(address) ? address : unwrap(address);
  if (isIP(plain) === 4) return special.check(plain, 'ipv4');
  return !isIn(globalUnicast, plain) || isIn(special, plain);
}

/** Whether both addresses are in the same local network; false for addresses of the internet. */
export function shareNetwork(one: string, other: string): boolean {
  return networks.some((network) => isIn(network, unwrap(one)) && isIn(network, unwrap(other)));
}

/** Whether a cloud hands out its machine's credentials at this address. */
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

/** An IPv4-mapped address (RFC 4291) is never in the DNS, so a request that names one is an attack. */
function isMapped(address: string): boolean {
  return isIP(address) === 6 && new URL(`http://[${withoutZone(address)}]`).hostname.startsWith('[::ffff:');
}

function withoutZone(address: string): string {
  return address.replace(/%.*$/, '');
}

/** The IPv4 address within a mapped or NAT64 (RFC 6052) address; any other address without its zone. */
function unwrap(address: string): string {
  if (isIP(address) !== 6) return address;
  const plain = withoutZone(address);
  const { hostname } = new URL(`http://[${plain}]`);
  const [, high = '', low = ''] = /^\[(?:::ffff|64:ff9b:):([\da-f]+):([\da-f]+)\]$/.exec(hostname) ?? [];
  if (!high) return plain;
  const bits = Number.parseInt(high, 16) * 65_536 + Number.parseInt(low, 16);
  return [24, 16, 8, 0].map((shift) => (bits >>> shift) & 255).join('.');
}
