import { signal } from '@preact/signals';
import { ApiError, api } from './api.ts';
import type { Info } from './contract/server.ts';
import { followEventsAnew, loggedOut } from './events.ts';
import { fallBackTo } from './language.ts';

const RETRY_MS = 2_000;

/** The server's answer about itself and this browser; null until there is one. */
export const info = signal<Info | null>(null);

/** Why the last log-in failed: wrong token, too many attempts, or no answer. */
export const logInFailure = signal<'wrong' | 'too_many' | 'unreachable' | null>(null);

/** True after the session has ended without a log-out on this page. */
export const wasLoggedOut = signal(false);

/** The action that failed because the session had ended; it runs after the next log-in. */
let pending: (() => Promise<void>) | null = null;

/** True if this browser has a right, named as in the server's table. */
export function may(right: string): boolean {
  return info.value?.may.includes(right) ?? false;
}

/** Loads `info`, and tries again until the server answers. */
export async function loadInfo(): Promise<void> {
  for (;;) {
    try {
      const answer = await api.info();
      fallBackTo(answer.language);
      info.value = answer;
      if (answer.role !== null) welcomeBack();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

/** Exchanges a token for a session cookie. Never throws: the outcome is in `info` or `logInFailure`. */
export async function logIn(token: string): Promise<void> {
  logInFailure.value = null;
  try {
    await api.logIn(token.trim());
  } catch (error) {
    logInFailure.value = failureOf(error);
    return;
  }
  followEventsAnew();
  await loadInfo();
}

/** Ends the session. */
export async function logOut(): Promise<void> {
  pending = null;
  // set directly, so that the page does not say "You were logged out"
  if (info.value) info.value = { ...info.value, operator: false, role: null, may: [] };
  await api.logOut().catch(() => undefined);
  followEventsAnew();
  await loadInfo();
}

function failureOf(error: unknown): 'wrong' | 'too_many' | 'unreachable' {
  if (!(error instanceof ApiError) || error.status === 0) return 'unreachable';
  return error.status === 429 ? 'too_many' : 'wrong';
}

/**
 * Shows the log-in card with a note; to be called when the session has ended elsewhere or the server answers 401.
 * @param retry the action that failed; runs after the next log-in
 */
export function sessionLost(retry: (() => Promise<void>) | null = null): void {
  pending = retry ?? pending;
  if (!info.value || info.value.role === null) return;
  wasLoggedOut.value = true;
  info.value = { ...info.value, operator: false, role: null, may: [] };
}

function welcomeBack(): void {
  wasLoggedOut.value = false;
  const retry = pending;
  pending = null;
  if (retry) void retry();
}

/** Checks the session after the server has said that it ended, since another one may have begun in this browser. */
async function askAgain(): Promise<void> {
  const answer = await api.info().catch(() => null);
  if (answer && answer.role !== null) info.value = answer;
  else sessionLost();
}

loggedOut.subscribe((times) => {
  if (times > 0) void askAgain();
});

/**
 * Takes the token behind `#` that the link of the server's first start contains; browsers send that part to no server.
 * Removes it from the address bar and the history at once.
 */
export function takeTokenFromAddress(): string | null {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (token === null) return null;
  history.replaceState(null, '', location.pathname + location.search);
  return token;
}
