import { type LookupOptions, lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import type { Secrets } from './secrets.ts';

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|::1)?$/;

/** Registers a host's name or address as a secret, since network errors repeat it. Loopback names and addresses are not secret. */
export function hideHost(secrets: Pick<Secrets, 'add'>, host: string): void {
  if (!LOOPBACK.test(host)) secrets.add(host);
}

/** Makes a lookup that resolves names as Node does and passes each resolved address to `hide`. */
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
