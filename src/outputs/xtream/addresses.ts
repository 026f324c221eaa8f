import type { LineUpEntry } from '../line-up.ts';
import type { LoggedIn } from './options.ts';

/** What stands ahead of the addresses that a client has by its token, which is the password. */
export function prefixOf({ password }: Pick<LoggedIn, 'password'>): string {
  return `/t/${encodeURIComponent(password)}`;
}

/** The path of a stream, as apps make it themselves. */
export function streamPath(
  { username, password }: LoggedIn,
  { number }: LineUpEntry,
  ending: string,
): string {
  return `/live/${encodeURIComponent(username)}/${encodeURIComponent(password)}/${number}${ending}`;
}

/** The path of the guide as XMLTV. */
export function guidePath({ username, password }: LoggedIn): string {
  return `/xmltv.php?${new URLSearchParams({ username, password }).toString()}`;
}

/** The address of a channel's logo; empty where it has none. */
export function logoAddress(base: string, login: LoggedIn, { logo }: LineUpEntry): string {
  return logo === '' ? '' : `${base}${prefixOf(login)}${logo}`;
}
