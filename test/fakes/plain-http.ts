import { ProviderHttp } from '../../src/lib/provider-http/provider-http.ts';
import { acceptNothing } from '../../src/lib/provider-http/tls-accept.ts';

/** The connections to a provider of this machine, as the program makes them. */
export const plainHttp = new ProviderHttp({ accept: acceptNothing });
