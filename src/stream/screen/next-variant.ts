/**
 * Returns the variant to try next in place of a channel that does not open; null once each has been tried in this round.
 * Every search for a replacement follows this one rule.
 * @param tried variants tried in this round. @param variants best first; the wanted one may be among them.
 */
export function nextVariant<Id extends string | number>(
  wanted: Id,
  tried: readonly Id[],
  variants: readonly Id[],
): Id | null {
  return variants.find((id) => id !== wanted && !tried.includes(id)) ?? null;
}

export type NextVariant = typeof nextVariant;
