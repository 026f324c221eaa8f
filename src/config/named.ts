/** The same value by each of several names. */
export function named<N extends string, T>(names: readonly N[], value: T): Readonly<Record<N, T>> {
  return Object.fromEntries(names.map((name) => [name, value])) as Record<N, T>;
}
