import type { FormProblem } from './error-tree.ts';

/** A link must be http or https (or, for pictures, a file of the message) and have a host that can be public. */
export function urlProblems(
  url: string | null | undefined,
  path: readonly PropertyKey[],
  { attachment = false }: { readonly attachment?: boolean } = {},
): FormProblem[] {
  if (url === null || url === undefined || url === '') return [];
  const parsed = URL.parse(url);
  if (!parsed) return [{ path, code: 'URL_TYPE_INVALID_URL', message: 'Not a well formed URL.' }];
  const scheme = parsed.protocol.slice(0, -1);
  const schemes = ['http', 'https', ...(attachment ? ['attachment'] : [])];
  if (!schemes.includes(scheme)) {
    const list = schemes.map((name) => `'${name}'`).join(', ');
    return [
      {
        path,
        code: 'URL_TYPE_INVALID_SCHEME',
        message: `Scheme "${scheme}" is not supported. Scheme must be one of (${list}).`,
      },
    ];
  }
  const bare = scheme !== 'attachment' && !/[.:]/.test(parsed.hostname);
  return bare ? [{ path, code: 'URL_TYPE_INVALID_URL', message: 'Not a well formed URL.' }] : [];
}
