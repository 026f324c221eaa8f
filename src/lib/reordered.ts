/** An order of numbers in which one has moved to an end. */
export function reordered(
  order: readonly number[],
  moved: number,
  place: 'first' | 'last',
): readonly number[] {
  const others = order.filter((each) => each !== moved);
  return place === 'first' ? [moved, ...others] : [...others, moved];
}
