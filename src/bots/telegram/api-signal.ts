import type { Api } from 'grammy';

type ApiSignal = NonNullable<Parameters<Api['getMe']>[0]>;

/** Aborts a call with the first of these. The library's type is that of an older package; it takes Node's own signals. */
export function apiSignal(...signals: readonly AbortSignal[]): ApiSignal {
  return AbortSignal.any([...signals]) as unknown as ApiSignal;
}
