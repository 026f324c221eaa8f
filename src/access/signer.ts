import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../lib/clock.ts';

/** The purpose of a signed token, which verifies for no other purpose. */
export type Purpose = 'watch' | 'watch_session' | 'discord' | 'calendar';

/**
 * Signs and verifies short-lived tokens that carry an id. The key is a random secret of its own, not derived from a
 * password; changing it invalidates every token.
 */
export class Signer {
  readonly #key: string;
  readonly #clock: Pick<Clock, 'now'>;

  constructor(key: string, clock: Pick<Clock, 'now'>) {
    this.#key = key;
    this.#clock = clock;
  }

  /** Signs a token. @param lifetime milliseconds. */
  sign(purpose: Purpose, id: string, lifetime: number): string {
    const body = `${id}.${this.#clock.now() + lifetime}`;
    return `${body}.${this.#mac(purpose, body)}`;
  }

  /** The token's id and remaining lifetime in milliseconds; null if it is forged, expired or for another purpose. */
  verify(purpose: Purpose, token: string): { id: string; remaining: number } | null {
    const [id, expiry, mac, more] = token.split('.');
    if (!id || !expiry || !mac || more !== undefined) return null;
    if (!sameText(mac, this.#mac(purpose, `${id}.${expiry}`))) return null;
    const remaining = Number(expiry) - this.#clock.now();
    return remaining > 0 ? { id, remaining } : null;
  }

  #mac(purpose: Purpose, body: string): string {
    return createHmac('sha256', this.#key).update(`${purpose}.${body}`).digest('base64url');
  }
}

/** Compares two texts in constant time. */
export function sameText(a: string, b: string): boolean {
  const digest = (text: string) => createHmac('sha256', 'compare').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

/** A random text for keys, tokens and ids, safe in addresses. */
export function randomText(bytes = 24): string {
  return randomBytes(bytes).toString('base64url');
}

/** The hash by which a random token is stored and recognised. */
export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
