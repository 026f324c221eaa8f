import { existsSync } from 'node:fs';
import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os';
import { isPrivateAddress } from './private-address.ts';

type Interfaces = NodeJS.Dict<Pick<NetworkInterfaceInfo, 'address' | 'family' | 'internal'>[]>;

/** Networks between a machine and its own containers and virtual machines. */
const virtual = /^(?:docker|br-|veth|virbr|vmnet|vboxnet|lxcbr|lxdbr|cni|podman|zt|vEthernet)/;

/** This machine's IPv4 addresses in local networks, those of households first. */
export function ownAddresses(interfaces: Interfaces = networkInterfaces()): string[] {
  return Object.entries(interfaces)
    .filter(([name]) => !virtual.test(name))
    .flatMap(([, all]) => all ?? [])
    .filter(({ address, family, internal }) => family === 'IPv4' && !internal && isPrivateAddress(address))
    .map(({ address }) => address)
    .sort((one, other) => rank(one) - rank(other));
}

/** Whether this process runs in a container, whose addresses other machines cannot reach. */
export function isInContainer(): boolean {
  return ['/.dockerenv', '/run/.containerenv'].some((file) => existsSync(file));
}

function rank(address: string): number {
  const order = [/^192\.168\./, /^10\./, /^172\./].findIndex((network) => network.test(address));
  return order === -1 ? 3 : order;
}
