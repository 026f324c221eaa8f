const statuses: ReadonlySet<number> = new Set([300, 301, 302, 303, 307, 308]);
/** `host:port/path`, or an IPv4 address, without a scheme. */
const NO_SCHEME = /^(?:[\w.-]+:\d{1,5}|\d{1,3}(?:\.\d{1,3}){3})(?=[/?]|$)/;

/** A redirect that cannot be followed. The message names no address. */
export class RedirectError extends Error {
  override readonly name = 'RedirectError';
  readonly code = 'REDIRECT';
}

/**
 * Where an answer leads; null where it is the answer itself. The one place in which a redirect of the provider is decided.
 * Reads what panels write into Location: blanks, letters that are not escaped, quotes, no scheme.
 * @param location as Node gives headers: one character a byte.
 * @throws RedirectError where it leads to what is no web address.
 */
export function nextAddress(status: number, location: string | undefined, from: URL): URL | null {
  if (!statuses.has(status)) return null;
  const text = (location ?? '')
    .trim()
    .replace(/^["'<]+|["'>]+$/g, '')
    .trim();
  if (text === '') return null;
  // Bytes stay as they are, in whatever encoding they were meant.
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

/** With any number of slashes, forward or backward. */
function absolute(text: string): URL | null {
  return /^https?:/i.test(text) ? URL.parse(text) : null;
}
