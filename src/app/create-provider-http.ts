import { hideHost, hidingLookup } from '../lib/hiding-lookup.ts';
import { ProviderHttp } from '../lib/provider-http/provider-http.ts';
import type { TlsAccept } from '../lib/provider-http/tls-accept.ts';
import type { Secrets } from '../lib/secrets.ts';
import { AddressGuard } from '../stream/tuner/address-guard.ts';

/**
 * Makes the connections to the provider and to where it leads: API, guide and streams. Every host that is asked, also by a
 * redirect, becomes a secret first, by name and by the addresses that it resolves to: errors of the network name them.
 * @param home the provider's own address; null for a list that is a file.
 */
export function createProviderHttp(
  secrets: Pick<Secrets, 'add'>,
  home: string | null,
  accept: TlsAccept,
): ProviderHttp {
  const hide = (host: string) => hideHost(secrets, host);
  const reach = new AddressGuard({ home, hasNeighbours: true, lookUp: hidingLookup(hide) });
  return new ProviderHttp({
    accept,
    admit: (address) => {
      // The network's errors have IPv6 addresses without brackets.
      hide(address.hostname.replace(/^\[|\]$/g, ''));
      return reach.admit(address);
    },
  });
}
