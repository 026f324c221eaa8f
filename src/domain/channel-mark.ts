const MARK = /^~(\d{1,15})$/;

/** A channel's key as buttons name it: `~123`. */
export function markOfKey(key: number): string {
  return `~${key}`;
}

/** The key of a mark; null for any other text. */
export function keyOfMark(text: string): number | null {
  const key = MARK.exec(text)?.[1];
  return key === undefined ? null : Number(key);
}
