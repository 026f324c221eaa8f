import { isLoopback } from '../lib/private-address.ts';

/** Where a list is. */
export type ListAddress =
  | { readonly kind: 'http'; readonly url: URL }
  | { readonly kind: 'file'; readonly path: string };

/** Reads the address of a list, or the path of a file. @throws TypeError, which does not repeat the text, for any other address */
export function listAddress(text: string): ListAddress {
  const trimmed = text.trim();
  const scheme = /^([a-z][a-z\d+.-]*):\/\//i.exec(trimmed)?.[1]?.toLowerCase();
  if (scheme === undefined && trimmed !== '') return { kind: 'file', path: trimmed };
  const url = URL.parse(trimmed);
  if (url?.protocol === 'file:') return { kind: 'file', path: decodeURIComponent(url.pathname) };
  if (!url || !/^https?:$/.test(url.protocol) || url.hostname === '')
    throw new TypeError('The address of the list is no http or https address, and no file');
  return { kind: 'http', url };
}

/** The secret values in the address of a list, which the caller registers with Secrets before anything is logged. */
export function listSecrets(text: string): string[] {
  const address = listAddress(text);
  if (address.kind === 'file') return [];
  const { url } = address;
  const values = [...url.searchParams].flatMap(([name, value]) => (isOrdinary(name) ? [] : value));
  const parts = url.pathname.split('/').filter((part) => part.length >= 8 && !/\.(?:php|m3u8?)$/i.test(part));
  const login = [url.username, url.password, ...values, ...parts].filter((value) => value !== '');
  return [...login.map(unescaped), ...(isLoopback(url.hostname) ? [] : [url.hostname])];
}

/** Parameters of `get.php` that are words, which the log may need. */
function isOrdinary(name: string): boolean {
  return ['type', 'output'].includes(name.toLowerCase());
}

function unescaped(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
