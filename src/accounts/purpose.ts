/**
 * Purposes of a connection, most important first: a screen, a recording, a client (a tuner client or a private link), or a
 * warm-up that only shows whether a channel works.
 */
export const purposes = ['screen', 'recording', 'client', 'warm-up'] as const;

export type Purpose = (typeof purposes)[number];

/** True if a connection for `other` must give way to one for `one`. */
export function outranks(one: Purpose, other: Purpose): boolean {
  return rankOf(one) < rankOf(other);
}

/** 0 for the most important purpose. */
export function rankOf(purpose: Purpose): number {
  return purposes.indexOf(purpose);
}

/** Returns the most important of some purposes; null if there are none. */
export function highestOf(several: Iterable<Purpose>): Purpose | null {
  const all = new Set(several);
  return purposes.find((purpose) => all.has(purpose)) ?? null;
}
