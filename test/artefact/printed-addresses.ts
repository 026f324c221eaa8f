/** An address that the server, or its documentation, tells people or players. */
export interface Printed {
  readonly url: string;
  /** What names it. */
  readonly from: string;
  /** Without one: GET, as the owner. Others are tried as a stranger, so that nothing changes. */
  readonly method?: string;
}

export interface Tried extends Printed {
  readonly status: number;
}

/** How to find the addresses in an answer, by its type; relative ones belong to the answer's own address. */
const patterns: readonly (readonly [type: RegExp, names: readonly RegExp[]])[] = [
  [/mpegurl/, [/^(?!#)(\S+)$/gm, /(?:tvg-logo|url-tvg|x-tvg-url|URI)="([^"]+)"/g]],
  [/html/, [/\s(?:href|src|action|poster)="([^"]+)"/g, /property="og:[^>]*content="(https?:[^"]+)"/g]],
  [/manifest\+json/, [/"(?:src|start_url)":\s*"([^"]+)"/g]],
  [/json/, [/"(https?:\/\/[^"\s]+)"/g]],
  [/css/, [/url\(["']?(?!data:)([^"')]+)["']?\)/g, /@import\s+["']([^"']+)["']/g]],
  [
    /javascript/,
    [
      /(?:from|import|import\()\s*["'](\.\.?\/[^"']+)["']/g,
      /new URL\(["'`]([^"'`$]+)["'`]/g,
      /["'](\/?assets\/[^"']+)["']/g,
      /\b(?:href|src|action|poster):["'`](\/[^"'`$]*)["'`]/g,
      /^\/\/# sourceMappingURL=(\S+)$/gm,
    ],
  ],
];

/** What looks like an address in a document and is none: files, and words of chats with BotFather. */
const others =
  /^\/(?:(?:bin|boot|data|dev|etc|home|opt|proc|root|run|srv|sys|tmp|tv|usr|var)(?:\/|$)|newbot|mybots|set)/;

/**
 * Asks for these addresses, and for all of the same server that the answers name.
 * @param token the owner's.
 */
export async function tryAddresses(first: readonly Printed[], token: string): Promise<Tried[]> {
  const origin = new URL(first[0]?.url ?? '').origin;
  const tried = new Map<string, Tried>();
  const open = [...first];
  for (let next = open.shift(); next; next = open.shift()) {
    const key = `${next.method ?? 'GET'} ${next.url}`;
    if (tried.has(key)) continue;
    const { status, text, type, at } = await ask(next, token);
    tried.set(key, { ...next, status });
    open.push(...named(text, type, at).filter(({ url }) => new URL(url).origin === origin));
  }
  return [...tried.values()];
}

/** What an answer names. @param from its own address. */
function named(text: string, type: string, from: string): Printed[] {
  const [, names = []] = patterns.find(([pattern]) => pattern.test(type)) ?? [];
  const found = names.flatMap((pattern) => [...text.matchAll(pattern)].map(([, name = '']) => name));
  return found.flatMap((name) => {
    // Vite writes those of its own folder without a slash before.
    const address = name.startsWith('assets/') ? `/${name}` : name.replaceAll('&amp;', '&');
    if (/^(?:#|data:|blob:)/.test(address) || !URL.canParse(address, from)) return [];
    const url = new URL(address, from);
    url.hash = '';
    return [{ url: url.href, from }];
  });
}

/**
 * The addresses in a document's code, with their method; those with a `<placeholder>`, and beginnings such as `/vlc/`,
 * are left out.
 * @param isCommand a bot's command looks like an address.
 */
export function addressesInMarkdown(
  text: string,
  { base, from, isCommand }: { base: string; from: string; isCommand: (name: string) => boolean },
): Printed[] {
  const pattern =
    /(`|`[A-Z]+ |(?:-X ([A-Z]+) )?https?:\/\/(?:127\.0\.0\.1:8002|tv\.example\.org))(\/[^\s`"]*)/g;
  return [...text.matchAll(pattern)].flatMap(([, before = '', option, path = '']) => {
    const isBeginning = path.length > 1 && path.endsWith('/');
    const [name = ''] = path.slice(1).split('@');
    if (isBeginning || /[<…]|^\/[/\\]/.test(path) || others.test(path) || isCommand(name)) return [];
    const method = option ?? /^`([A-Z]+) $/.exec(before)?.[1] ?? 'GET';
    return [{ url: base + path, from, ...(method === 'GET' ? {} : { method }) }];
  });
}

async function ask(
  { url, method }: Printed,
  token: string,
): Promise<{ status: number; text: string; type: string; at: string }> {
  const response = await fetch(url, {
    ...(method ? { method } : { headers: { authorization: `Bearer ${token}` } }),
    redirect: 'follow',
    signal: AbortSignal.timeout(20_000),
  });
  const type = response.headers.get('content-type') ?? '';
  // Streams and events have no end.
  const isText = patterns.some(([pattern]) => pattern.test(type));
  const text = isText ? await response.text() : '';
  if (!isText) await response.body?.cancel();
  // Where redirects led.
  return { status: response.status, text, type, at: response.url };
}
