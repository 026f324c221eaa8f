import { foldWords } from './names/fold.ts';

/**
 * Reads patterns of words that a name must have side by side, where `*` stands for anything. Case, accents and signs do not
 * matter: "xxx*" finds "|XXX| Séries" and "XXXL", and "24/7" finds "24-7: Friends". One without letters and digits finds nothing.
 * @returns whether any of the patterns finds a folded name.
 */
export function namePatterns(patterns: readonly string[]): (folded: string) => boolean {
  const wanted = patterns.map(piecesOf).filter((pieces) => pieces.length > 0);
  return (folded) => {
    const name = ` ${folded} `;
    return wanted.some((pieces) => hasPieces(name, pieces));
  };
}

/** The texts that a name must have in this order. A space at an end of one is the end of a word. */
function piecesOf(pattern: string): string[] {
  const pieces = pattern.split('*');
  const last = pieces.length - 1;
  return pieces.flatMap((piece, at) => {
    const words = foldWords(piece);
    if (words === '') return [];
    const start = at === 0 || /^[^\p{L}\p{N}]/u.test(piece) ? ' ' : '';
    const end = at === last || /[^\p{L}\p{N}]$/u.test(piece) ? ' ' : '';
    return [`${start}${words}${end}`];
  });
}

function hasPieces(name: string, pieces: readonly string[]): boolean {
  let from = 0;
  for (const piece of pieces) {
    const at = name.indexOf(piece, from);
    if (at < 0) return false;
    // Two pieces may share a space.
    from = at + piece.length - (piece.endsWith(' ') ? 1 : 0);
  }
  return true;
}
