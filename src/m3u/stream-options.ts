/** How an address of a list is to be asked. */
export interface StreamOptions {
  readonly userAgent?: string;
  /** Further headers, with names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  /** True if the stream needs a licence server. */
  readonly isDrm?: boolean;
}

const NAME = /^[!#$%&'*+.^_`|~\w-]+$/;
/** Headers that belong to the connection or to the body, or that Zapette sets itself. */
const ownHeaders: ReadonlySet<string> = new Set([
  'accept-encoding',
  'connection',
  'content-length',
  'content-type',
  'expect',
  'host',
  'http2-settings',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'range',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);
const MOST_HEADERS = 16;
const LONGEST_VALUE = 4_096;

/** Attributes and options of VLC by the header that they stand for. */
const headerOf: ReadonlyMap<string, string> = new Map([
  ['http-user-agent', 'user-agent'],
  ['user-agent', 'user-agent'],
  ['http-referrer', 'referer'],
  ['http-referer', 'referer'],
  ['referrer', 'referer'],
  ['http-origin', 'origin'],
  ['http-cookie', 'cookie'],
]);

/** Joins options; the later ones count. */
export function joinOptions(earlier: StreamOptions, later: StreamOptions): StreamOptions {
  const headers = { ...earlier.headers, ...later.headers };
  return {
    ...earlier,
    ...later,
    ...(Object.keys(headers).length > 0 ? { headers } : {}),
  };
}

/** Reads one option by its name, as attributes of an entry and `#EXTVLCOPT:` have it; nothing if it is none of ours. */
export function namedOption(name: string, value: string): StreamOptions {
  const header = headerOf.get(name.trim().toLowerCase());
  return header === undefined ? {} : fromPairs([[header, value]]);
}

/** Reads the text behind `#EXTVLCOPT:`. */
export function vlcOption(text: string): StreamOptions {
  const [name, value] = pair(text);
  return namedOption(name.replace(/^[:-]+/, ''), unquoted(value));
}

/** Reads the text behind `#KODIPROP:`. */
export function kodiProperty(text: string): StreamOptions {
  const [name, value] = pair(text);
  if (value === '') return {};
  switch (name.toLowerCase().replace(/^inputstream\.adaptive\.|^inputstream\.ffmpegdirect\./, '')) {
    case 'license_type':
    case 'license_key':
    case 'drm':
    case 'drm_legacy':
      return { isDrm: true };
    case 'stream_headers':
    case 'manifest_headers':
    case 'common_headers':
      return headersIn(value);
    default:
      return {};
  }
}

/** Reads the text behind `#EXTHTTP:`, which is a JSON object of headers. */
export function jsonHeaders(text: string): StreamOptions {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return {};
    return fromPairs(
      Object.entries(value).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
    );
  } catch {
    return {};
  }
}

/** Splits Kodi's `address|User-Agent=…&Referer=…`. */
export function splitAddress(text: string): { readonly url: string; readonly options: StreamOptions } {
  const bar = /\|(?=[\w-]+=)/.exec(text)?.index ?? -1;
  if (bar < 0) return { url: text, options: {} };
  return { url: text.slice(0, bar).trim(), options: headersIn(text.slice(bar + 1)) };
}

/** Reads `Name=value&Name=value` with escaped values. */
function headersIn(text: string): StreamOptions {
  return fromPairs(text.split('&', MOST_HEADERS).map((each) => pair(each)));
}

function fromPairs(pairs: readonly (readonly [string, string])[]): StreamOptions {
  const headers: Record<string, string> = {};
  let userAgent = '';
  for (const [given, raw] of pairs.slice(0, MOST_HEADERS)) {
    const name = given.trim().toLowerCase();
    const value = headerValue(raw);
    if (value === '' || !NAME.test(name) || ownHeaders.has(name) || name === '__proto__') continue;
    if (name === 'user-agent') userAgent = value;
    else headers[name] = value;
  }
  return {
    ...(userAgent === '' ? {} : { userAgent }),
    ...(Object.keys(headers).length > 0 ? { headers } : {}),
  };
}

/** Unescapes a value, and leaves out what no header may contain. */
function headerValue(raw: string): string {
  let text = raw;
  try {
    text = decodeURIComponent(raw);
  } catch {
    // It was not escaped.
  }
  return text
    .replace(/[^\t\x20-\x7e\x80-\xff]/g, '')
    .trim()
    .slice(0, LONGEST_VALUE);
}

function pair(text: string): [string, string] {
  const equals = text.indexOf('=');
  return equals < 0 ? [text.trim(), ''] : [text.slice(0, equals).trim(), text.slice(equals + 1).trim()];
}

function unquoted(text: string): string {
  return /^(["']).*\1$/.test(text) ? text.slice(1, -1) : text;
}
