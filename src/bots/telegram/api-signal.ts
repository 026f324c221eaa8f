import type { Api } from 'grammy';

type ApiSignal = NonNullable<Parameters<Api['getMe']>[0]>;

/** Combines signals for an API call. The library's type is an older package's, but it accepts Node's signals. */
export function apiSignal(...signals: readonly AbortSignal[]): ApiSignal {
  return AbortSignal.any([...signals]) as unknown as ApiSignal;
}
