/** An address that the server or its documentation prints. */
export interface Printed {
  readonly url: string;
  /** The document or answer that names it. */
  readonly from: string;
  /** The method; GET as the owner if absent. Others are called as a stranger, so that nothing changes. */
  readonly method?: string;
}

export interface Tried extends Printed {
  readonly status: number;
}

/** Finds the addresses in an answer by its type; relative ones are resolved against the answer's address. */
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

/** Text of the documents that only looks like an address: files, and words of chats with BotFather. */
const others =
  /^\/(?:(?:bin|boot|data|dev|etc|home|opt|proc|root|run|srv|sys|tmp|tv|usr|var)(?:\/|$)|newbot|mybots|setinline)/;

/**
 * Requests these addresses and all addresses of the same server that the answers name.
 * @param token the owner's token.
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

/** The addresses in an answer. @param from the answer's own address. */
function named(text: string, type: string, from: string): Printed[] {
  const [, names = []] = patterns.find(([pattern]) => pattern.test(type)) ?? [];
  const found = names.flatMap((pattern) => [...text.matchAll(pattern)].map(([, name = '']) => name));
  return found.flatMap((name) => {
    // Vite writes addresses of its own folder without a leading slash.
    const address = name.startsWith('assets/') ? `/${name}` : name.replaceAll('&amp;', '&');
    if (/^(?:#|data:|blob:)/.test(address) || !URL.canParse(address, from)) return [];
    const url = new URL(address, from);
    url.hash = '';
    return [{ url: url.href, from }];
  });
}

/**
 * The addresses in a document's code, with their methods, without those with a `<placeholder>` and prefixes such as
 * `/vlc/`.
 * @param isCommand says whether a text is a bot's command, which looks like an address.
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
  // Streams and events never end.
  const isText = patterns.some(([pattern]) => pattern.test(type));
  const text = isText ? await response.text() : '';
  if (!isText) await response.body?.cancel();
  // The address after redirects.
  return { status: response.status, text, type, at: response.url };
}
