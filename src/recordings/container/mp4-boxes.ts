/** A box of MP4 (ISO/IEC 14496-12, 4.2): where its content is. */
export interface Box {
  readonly type: string;
  readonly from: number;
  readonly to: number;
}

/** The boxes one behind the other in another one. @param skip bytes before the first. */
export function boxesIn(bytes: Buffer, { from, to }: Box, skip = 0): Box[] {
  const boxes: Box[] = [];
  for (let at = from + skip; at + 8 <= to; ) {
    const size = bytes.readUInt32BE(at);
    if (size < 8 || at + size > to) break;
    boxes.push({ type: bytes.toString('latin1', at + 4, at + 8), from: at + 8, to: at + size });
    at += size;
  }
  return boxes;
}

/** A box within boxes within a box; null where there is none. */
export function findBox(bytes: Buffer, within: Box, ...path: readonly string[]): Box | null {
  let box: Box | null = within;
  for (const wanted of path) box = box && (boxesIn(bytes, box).find(({ type }) => type === wanted) ?? null);
  return box;
}
