import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os';
import { clientNetwork } from './client-network.ts';

type Interface = Pick<NetworkInterfaceInfo, 'address' | 'family' | 'cidr'>;

/** The prefix length of a household's IPv6 network, whose router shields devices that have public addresses. */
const WHOLE_NETWORK = 64;

/** Whether an address belongs to this machine or to an IPv6 network that this machine is in. */
export function isOwnNetwork(address: string, interfaces: readonly Interface[] = ownInterfaces()): boolean {
  return interfaces.some((own) => {
    const prefix = Number(own.cidr?.split('/')[1] ?? 128);
    const isWhole = own.family === 'IPv6' && prefix <= WHOLE_NETWORK;
    return isWhole ? clientNetwork(own.address) === clientNetwork(address) : own.address === address;
  });
}

function ownInterfaces(): Interface[] {
  return Object.values(networkInterfaces()).flatMap((all) => all ?? []);
}
