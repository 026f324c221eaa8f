import { ProviderHttp } from '../../src/lib/provider-http/provider-http.ts';
import { acceptValidOnly } from '../../src/lib/provider-http/tls-accept.ts';

/** The program's connections to a provider on this machine. */
export const plainHttp = new ProviderHttp({ accept: acceptValidOnly });
