/** Bytes of a file that are read at once. */
const PIECE_SIZE = 1024 * 1024;
/** Pieces that are kept for the next reading. */
const MOST_SPARE = 8;

const spare: Buffer[] = [];

/** Lends a buffer of `PIECE_SIZE` bytes, since memory that was used lately is much faster than fresh one. */
export async function withPiece<T>(use: (piece: Buffer) => Promise<T>): Promise<T> {
  const piece = spare.pop() ?? Buffer.allocUnsafeSlow(PIECE_SIZE);
  try {
    return await use(piece);
  } finally {
    if (spare.length < MOST_SPARE) spare.push(piece);
  }
}
