import type { Clock } from '../lib/clock.ts';
import { Slots } from './slots.ts';

/** The login whose limit an account counts against. Both fields are secrets. */
export interface Login {
  /** The address of the panel, or of the list. */
  readonly url: string;
  readonly username: string;
}

/** The slots of each login: accounts with the same panel and user name share one limit. */
export class SharedSlots {
  readonly #byLogin = new Map<string, Slots>();
  readonly #clock: Pick<Clock, 'monotonic'>;

  constructor(clock: Pick<Clock, 'monotonic'>) {
    this.#clock = clock;
  }

  /** Returns the slots of a login. */
  of({ url, username }: Login): Slots {
    const key = loginKey({ url, username });
    const slots = this.#byLogin.get(key) ?? new Slots(null, this.#clock);
    this.#byLogin.set(key, slots);
    return slots;
  }
}

/** Whether two logins count against the same limit. */
export function isSameLogin(one: Login, other: Login): boolean {
  return loginKey(one) === loginKey(other);
}

/** Names a login by its panel and user name, the same for all spellings of the panel's address. It is a secret. */
export function loginKey({ url, username }: Login): string {
  return JSON.stringify([hostOf(url), username]);
}

/** Returns host and port, since scheme and path differ between spellings of one panel's address. */
function hostOf(url: string): string {
  const trimmed = url.trim();
  const withScheme = /^[a-z][a-z\d+.-]*:\/\//i.test(trimmed) ? trimmed : `http://${trimmed}`;
  return URL.parse(withScheme)?.host ?? trimmed;
}
