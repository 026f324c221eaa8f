/** An address in a text, with the access data that it holds. */
export interface FoundAddress {
  /** The panel's address: origin and base path. */
  readonly baseUrl: string;
  /** The text names http or https. */
  readonly hasScheme: boolean;
  /** A single word without a dot or a port, which may be something else than a host. */
  readonly isWeak: boolean;
  readonly username: string | null;
  readonly password: string | null;
  /** False if the access data may be folders of a path. */
  readonly isSure: boolean;
  /** The file is an M3U list and no script of a panel. */
  readonly isM3u: boolean;
  /** The text names a port. */
  readonly hasPort: boolean;
  /** Where it is in the text. */
  readonly start: number;
  readonly end: number;
}

const SCHEME = /\b(?:h?t{1,4}|hxx)p(s?) ?(?:[:;] ?[/\\]+|[/\\]{2,}|:(?=[a-z][\w-]*\.)) ?/gi;
const ADDRESS =
  /https?:\/\/[^\s<>"`|]+|(?<![\w./-])[\w.-]+(?::\d{1,5})?\/(?:[\w./-]*\/)?(?:get|player_api|panel_api|xmltv)\.php[^\s<>"`|]*/gi;
const HOST = /^[\w.-]*\w[\w.-]*$|^\[[\da-f:.]+\]$/i;
const SCRIPT = /\/(?:get|player_api|panel_api|xmltv|index|login|portal)\.php.*$/i;
const LIVE = /^(.*?)\/(?:live|movie|series|playlist)\/([^/]+)\/([^/]+)\/[^/]+$/i;
const STREAM = /^\/([^/]+)\/([^/]+)\/\d+(?:\.\w+)?$/;

/**
 * Mends schemes, ports and broken lines in a text, so that addresses can be found in it: "hxxp//host : 80" is
 * `http://host:80`.
 */
export function mendAddresses(text: string): string {
  return text
    .replace(SCHEME, (_, secure: string) => `http${secure.toLowerCase()}://`)
    .replace(/(?:https?:\/\/)+(https?:\/\/)/g, '$1')
    .replace(/(?<![\w.-])([\w-]+(?:\.[\w-]+)+|localhost|https?:\/\/[\w-]+) ?[:;] ?(\d{1,5})(?!\d)/gi, '$1:$2')
    .replaceAll('&amp;', '&')
    .replace(/(?<=[?&])\n\s*(?=\w+=)|\n\s*(?=&\w+=)/g, '');
}

/** Every address in a mended text, in order. */
export function findAddresses(mended: string): FoundAddress[] {
  return [...mended.matchAll(ADDRESS)].flatMap((match) => {
    const text = match[0].replace(/[)\]}>,;.*']+$/, '');
    const found = toAddress(text);
    return found ? [{ ...found, start: match.index, end: match.index + match[0].length }] : [];
  });
}

/** Reads a mended text that is an address as a whole, with or without a scheme; null if it is none. */
export function toAddress(mended: string): FoundAddress | null {
  const hasScheme = /^https?:\/\//i.test(mended);
  const bare = mended.replace(/^\/+/, '');
  if (/\s/.test(bare) || (!hasScheme && bare.includes('://'))) return null;
  const url = URL.parse(hasScheme ? mended : `http://${bare}`);
  if (!url || !HOST.test(url.hostname) || url.port === '0') return null;
  const login = loginIn(url);
  const isM3u = !SCRIPT.test(url.pathname) && /\.m3u8?$/i.test(url.pathname);
  const hasPort = /^(?:https?:\/\/)?[^/?#]*:\d+(?:[/?#]|$)/i.test(mended);
  const base = (login?.base ?? url.pathname).replace(SCRIPT, '').replace(/\/[^/]*\.(?:m3u8?|html?|ts)$/i, '');
  return {
    baseUrl: `${url.origin}${base.replace(/\/{2,}/g, '/').replace(/\/$/, '')}`,
    hasScheme,
    isWeak: !hasScheme && !hasPort && /^[^.[\]]+$/.test(url.hostname) && url.hostname !== 'localhost',
    username: login?.username || null,
    password: login?.password || null,
    isSure: login?.isSure ?? false,
    isM3u,
    hasPort,
    start: 0,
    end: mended.length,
  };
}

interface Login {
  readonly username: string;
  readonly password: string;
  readonly isSure: boolean;
  /** The path before the access data, if they are in the path. */
  readonly base?: string;
}

/** The access data in the query, before the host or in the path of an address. */
function loginIn(url: URL): Login | null {
  const query = new Map([...url.searchParams].map(([name, value]) => [name.toLowerCase(), value]));
  const username = query.get('username') ?? query.get('user') ?? '';
  const password = query.get('password') ?? query.get('pass') ?? '';
  if (username || password) return { username, password, isSure: true };
  if (url.username) {
    const before = { username: decoded(url.username), password: decoded(url.password) };
    return { ...before, isSure: before.password !== '' };
  }
  const [, base = '', user, pass] = LIVE.exec(url.pathname) ?? [];
  if (user && pass) return { username: decoded(user), password: decoded(pass), isSure: true, base };
  const [, first, second] = STREAM.exec(url.pathname) ?? [];
  if (first && second)
    return { username: decoded(first), password: decoded(second), isSure: false, base: '' };
  return null;
}

/** Decodes a part of an address; a part that is not encoded correctly stays as it is. */
export function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
