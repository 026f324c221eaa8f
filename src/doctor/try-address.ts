import { z } from 'zod';
import { isLoopback, isMetadataAddress, isReachableFromOutside } from '../lib/private-address.ts';
import { readShort } from '../lib/read-short.ts';
import type { Ask } from './probes.ts';

/** What is at an address at which others shall reach this server. */
export interface AddressTried {
  /** As it was understood, without a trailing slash. */
  readonly url: string;
  /** `renamed`: a proxy changes the Host header on the way. `foreign`: something else answers there. */
  readonly is: 'reached' | 'renamed' | 'foreign' | 'unreachable' | 'certificate' | 'local' | 'no_address';
  readonly isHttps: boolean;
  /** Whether an event stream arrives piece by piece; null where the address does not lead here. */
  readonly eventsPass: boolean | null;
}

const PATIENCE = 8_000;
/** Milliseconds between the first piece of the event stream and its end: half of what the stream takes. */
const APART = 400;
/** Bytes. */
const LONGEST_STREAM = 16 * 1024;
const CERTIFICATE = /CERT|SELF_SIGNED|ERR_TLS/;
const reach = z.object({ instance: z.string(), host: z.string() });

/**
 * Tries an address from this machine: whether it leads to this process, and whether event streams pass. Never rejects.
 * @param typed as people type it, such as `tv.example.org`.
 * @param instance the id of this process.
 */
export async function tryAddress(typed: string, instance: string, ask: Ask = fetch): Promise<AddressTried> {
  const address = readAddress(typed);
  if (!address) return { url: typed.trim(), is: 'no_address', isHttps: false, eventsPass: null };
  const url = address.href.replace(/\/+$/, '');
  const isHttps = address.protocol === 'https:';
  const told = { url, isHttps, eventsPass: null };
  if (isHere(address.hostname)) return { ...told, is: 'local' };
  try {
    const response = await askFor(`${url}/reach`, ask);
    const secure = secureAddress(response.headers.get('location'), address);
    if (secure) return await tryAddress(secure, instance, ask);
    const answer = reach.safeParse(parse(await readShort(response))).data;
    if (answer?.instance !== instance) return { ...told, is: 'foreign' };
    if (answer.host.toLowerCase() !== address.host) return { ...told, is: 'renamed' };
    return { ...told, is: 'reached', eventsPass: await doEventsPass(`${url}/reach/events`, ask) };
  } catch (error) {
    const cause = (error as { cause?: { code?: unknown } }).cause?.code;
    return { ...told, is: CERTIFICATE.test(String(cause)) ? 'certificate' : 'unreachable' };
  }
}

/** Follows no redirect: whoever answers decides where one leads, also to what only this machine reaches. */
function askFor(url: string, ask: Ask): Promise<Response> {
  return ask(url, { signal: AbortSignal.timeout(PATIENCE), redirect: 'manual' });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Whether an address means the machine that asks, whichever that is. */
function isHere(hostname: string): boolean {
  return (
    isLoopback(hostname.replace(/\.$/, '')) ||
    /^(?:0\.0\.0\.0|\[::(?:ffff:(?:0:0|7f..:.*))?\])$/.test(hostname)
  );
}

/** Where an http address leads to https of the same name, as many proxies have it: that address; null otherwise. */
function secureAddress(location: string | null, from: URL): string | null {
  const to = location === null ? null : URL.parse(location, from.href);
  const isSecured = from.protocol === 'http:' && to?.protocol === 'https:' && to.hostname === from.hostname;
  return isSecured ? `${to.origin}${from.pathname}` : null;
}

/** Without a scheme it is https for names of the internet, as people mean it, and http in a local network. */
function readAddress(typed: string): URL | null {
  const plain = typed
    .trim()
    .replace(/^["'<«]+|["'>»]+$/g, '')
    .trim();
  if (plain === '' || /\s/.test(plain)) return null;
  const hasScheme = /^[a-z][a-z\d+.-]*:\/\//i.test(plain);
  const bare = URL.parse(`http://${plain}`);
  const scheme = bare && isReachableFromOutside(bare.hostname) ? 'https' : 'http';
  const url = URL.parse(hasScheme ? plain : `${scheme}://${plain}`);
  if (!url || !/^https?:$/.test(url.protocol) || url.username + url.password !== '') return null;
  if (url.hostname === '' || isMetadataAddress(url.hostname.replace(/^\[|\]$/g, ''))) return null;
  url.search = '';
  url.hash = '';
  return url;
}

/** The stream sends its first event at once and ends a second later; whoever holds it back sends all at once. */
async function doEventsPass(url: string, ask: Ask): Promise<boolean> {
  try {
    const { body } = await askFor(url, ask);
    let first: number | null = null;
    let length = 0;
    for await (const piece of body ?? []) {
      first ??= performance.now();
      length += piece.length;
      // Not our stream, perhaps one without end.
      if (length > LONGEST_STREAM) return false;
    }
    return first !== null && performance.now() - first > APART;
  } catch {
    return false;
  }
}
