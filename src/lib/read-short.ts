/** Bytes; our own answers are shorter by far. */
const LONGEST = 16 * 1024;

/**
 * Reads the text of an answer, from whatever server, and lets go of what goes on for longer.
 * @param longest bytes
 * @throws what reading throws
 */
export async function readShort({ body }: Response, longest = LONGEST): Promise<string> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  // Leaving the loop early cancels the body.
  for await (const piece of body ?? []) {
    pieces.push(piece);
    length += piece.length;
    if (length > longest) break;
  }
  return Buffer.concat(pieces).toString('utf8', 0, longest);
}
