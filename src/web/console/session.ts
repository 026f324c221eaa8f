import { signal } from '@preact/signals';
import { ApiError, api } from '../common/api.ts';
import type { Info } from '../common/contract.ts';
import { followEventsAnew, loggedOut } from '../common/events.ts';
import { fallBackTo } from '../common/language.ts';

const RETRY_MS = 2_000;

/** What the server says of itself and of this browser; null until it has answered. */
export const info = signal<Info | null>(null);

/** Why the last attempt to log in failed: not a token, too many tries, or no answer. */
export const logInFailure = signal<'wrong' | 'too_many' | 'unreachable' | null>(null);

/** Somebody was logged in with this page, and is not any more, though they did not log out. */
export const wasLoggedOut = signal(false);

/** What was wished for as the session turned out to have ended: done once somebody is logged in again. */
let pending: (() => Promise<void>) | null = null;

/** Whether this browser may do something, as the server's table of rights has it. */
export function may(right: string): boolean {
  return info.value?.may.includes(right) ?? false;
}

/** Asks who we are until there is an answer. */
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

export async function logOut(): Promise<void> {
  pending = null;
  // Their own doing: nothing to be told.
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
 * To be called when the session has ended elsewhere, or the server answers 401: the page says so and asks for a log-in.
 * @param wish what could not be done because of it.
 */
export function sessionLost(wish: (() => Promise<void>) | null = null): void {
  pending = wish ?? pending;
  if (!info.value || info.value.role === null) return;
  wasLoggedOut.value = true;
  info.value = { ...info.value, operator: false, role: null, may: [] };
}

function welcomeBack(): void {
  wasLoggedOut.value = false;
  const wish = pending;
  pending = null;
  if (wish) void wish();
}

/** The server says that the page's session has ended; another may have begun in this browser. */
async function askAgain(): Promise<void> {
  const answer = await api.info().catch(() => null);
  if (answer && answer.role !== null) info.value = answer;
  else sessionLost();
}

loggedOut.subscribe((times) => {
  if (times > 0) void askAgain();
});

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
