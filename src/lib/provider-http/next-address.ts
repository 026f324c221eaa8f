const statuses: ReadonlySet<number> = new Set([300, 301, 302, 303, 307, 308]);
/** Matches `host:port/path` or an IPv4 address without a scheme. */
const NO_SCHEME = /^(?:[\w.-]+:\d{1,5}|\d{1,3}(?:\.\d{1,3}){3})(?=[/?]|$)/;

/** A redirect cannot be followed. The message contains no address. */
export class RedirectError extends Error {
  override readonly name = 'RedirectError';
  readonly code = 'REDIRECT';
}

/**
 * The target of a redirect, or null if the answer is none. Every redirect of a provider is decided here. It tolerates blanks,
 * unescaped characters, quotes and a missing scheme in Location.
 * @param location as Node gives headers: one character a byte.
 * @throws RedirectError if the target is not an http(s) address.
 */
export function nextAddress(status: number, location: string | undefined, from: URL): URL | null {
  if (!statuses.has(status)) return null;
  const text = (location ?? '')
    .trim()
    .replace(/^["'<]+|["'>]+$/g, '')
    .trim();
  if (text === '') return null;
  // Bytes are escaped one by one, so that they keep their encoding.
  const escaped = text
    .replaceAll('&amp;', '&')
    .replace(/[\x80-\xff]/g, (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase()}`);
  const next = NO_SCHEME.test(escaped)
    ? URL.parse(`${from.protocol}//${escaped}`)
    : (absolute(escaped) ?? URL.parse(escaped, from.href));
  if (!next || !/^https?:$/.test(next.protocol) || next.hostname === '')
    throw new RedirectError('a redirect to what is no web address');
  next.hash = '';
  return next;
}

/** Parses an absolute address with any number of slashes, forward or backward. */
function absolute(text: string): URL | null {
  return /^https?:/i.test(text) ? URL.parse(text) : null;
}
