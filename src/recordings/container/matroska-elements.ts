/** An element of EBML (RFC 8794): where its content is. */
export interface Element {
  readonly id: number;
  readonly at: number;
  readonly size: number;
}

/** The elements one behind the other from `from` on, as far as they begin before `to` and within the bytes. */
export function elementsIn(bytes: Buffer, from: number, to: number): Element[] {
  const elements: Element[] = [];
  for (let at = from; at < Math.min(to, bytes.length); ) {
    const id = variableIn(bytes, at, true);
    const size = id && variableIn(bytes, at + id.length, false);
    if (!id || !size) break;
    const content = at + id.length + size.length;
    elements.push({ id: id.value, at: content, size: size.value });
    at = content + size.value;
  }
  return elements;
}

/** A number of variable length (RFC 8794, 4). @param keepsMarker as in ids. @returns null where it is cut off */
function variableIn(
  bytes: Buffer,
  at: number,
  keepsMarker: boolean,
): { readonly value: number; readonly length: number } | null {
  const first = bytes[at];
  if (first === undefined || first === 0) return null;
  const length = Math.clz32(first) - 23;
  if (at + length > bytes.length) return null;
  let value = keepsMarker ? first : first & (0xff >> length);
  for (let index = 1; index < length; index++) value = value * 256 + (bytes[at + index] ?? 0);
  return { value, length };
}

/** An unsigned integer. */
export function numberIn(bytes: Buffer, { at, size }: Element): number {
  return bytes.subarray(at, at + size).reduce((value, byte) => value * 256 + byte, 0);
}

/** A floating-point number of either length; 0 where it is cut off. */
export function floatIn(bytes: Buffer, { at, size }: Element): number {
  if (at + size > bytes.length) return 0;
  return size === 4 ? bytes.readFloatBE(at) : size === 8 ? bytes.readDoubleBE(at) : 0;
}
