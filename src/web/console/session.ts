import { signal } from '@preact/signals';
import { ApiError, api } from '../common/api.ts';
import type { Info } from '../common/contract.ts';
import { followEventsAnew } from '../common/events.ts';
import { fallBackTo } from '../common/language.ts';

const RETRY_MS = 2_000;

/** What the server says of itself and of this browser; null until it has answered. */
export const info = signal<Info | null>(null);

/** Why the last attempt to log in failed: not a token, or no answer. */
export const logInFailure = signal<'wrong' | 'unreachable' | null>(null);

/** Asks who we are until there is an answer. */
export async function loadInfo(): Promise<void> {
  for (;;) {
    try {
      const answer = await api.info();
      fallBackTo(answer.language);
      info.value = answer;
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

/** Exchanges an admin token for a session cookie. Never throws: the outcome is in `info` or `logInFailure`. */
export async function logIn(token: string): Promise<void> {
  logInFailure.value = null;
  try {
    await api.logIn(token.trim());
  } catch (error) {
    logInFailure.value = error instanceof ApiError && error.status > 0 ? 'wrong' : 'unreachable';
    return;
  }
  followEventsAnew();
  await loadInfo();
}

export async function logOut(): Promise<void> {
  await api.logOut().catch(() => undefined);
  followEventsAnew();
  await loadInfo();
}

/** To be called when the server answers 401: the session has run out, and the token is asked for again. */
export function sessionLost(): void {
  if (info.value) info.value = { ...info.value, operator: false };
}

/**
 * The link of the server's first start carries the token behind `#`, which no server and no log sees.
 * It leaves the address bar and the history before anything else happens.
 */
export function takeTokenFromAddress(): string | null {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (token === null) return null;
  history.replaceState(null, '', location.pathname + location.search);
  return token;
}
