/**
 * What a connection is used for, the most important first: a screen, a recording, a client (a tuner client or a private
 * link), or a warm-up that only shows whether a channel is well.
 */
export const purposes = ['screen', 'recording', 'client', 'warm-up'] as const;

export type Purpose = (typeof purposes)[number];

/** Whether a connection for `other` gives way to one for `one`. */
export function outranks(one: Purpose, other: Purpose): boolean {
  return purposes.indexOf(one) < purposes.indexOf(other);
}

/** The most important of some purposes; null of none. */
export function highestOf(several: Iterable<Purpose>): Purpose | null {
  const all = new Set(several);
  return purposes.find((purpose) => all.has(purpose)) ?? null;
}
