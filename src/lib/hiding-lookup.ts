import { type LookupOptions, lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import type { Secrets } from './secrets.ts';

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|::1)?$/;

/** Makes a secret of a host's name or address, which errors of the network repeat; but not of this machine's. */
export function hideHost(secrets: Pick<Secrets, 'add'>, host: string): void {
  if (!LOOPBACK.test(host)) secrets.add(host);
}

/** Resolves names as Node does, and hides what they resolve to. */
export function hidingLookup(hide: (address: string) => void): LookupFunction {
  return (hostname, options: LookupOptions, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, []);
      for (const { address } of addresses) hide(address);
      const [first] = addresses;
      if (options.all || !first) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}
