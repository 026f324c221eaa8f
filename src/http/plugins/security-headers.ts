/** For every answer that is not a page: opened as one, it can do nothing. */
export const dataHeaders = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};

/** What the pages may do: run and load our own things. media-chrome keeps its styles in its elements. */
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "worker-src 'self' blob:",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
].join('; ');

/**
 * @param framedBy origins that may show the page within one of theirs.
 * @param reaches other origins that the page may ask, and play from.
 */
export function pageHeaders(framedBy: readonly string[] = [], reaches: readonly string[] = []) {
  const ancestors = framedBy.length > 0 ? framedBy.join(' ') : "'none'";
  return {
    ...dataHeaders,
    'content-security-policy': `${pagePolicy}; connect-src ${["'self'", ...reaches].join(' ')}; media-src ${["'self'", 'blob:', ...reaches].join(' ')}; frame-ancestors ${ancestors}`,
  };
}
