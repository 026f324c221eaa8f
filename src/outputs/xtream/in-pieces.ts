import { Readable } from 'node:stream';
import { TimeSlices } from '../../catalogue/time-slices.ts';

/** Records that are sent as one piece. */
const PIECE = 100;

export interface PiecesOptions<T> {
  readonly items: readonly T[];
  readonly toText: (item: T, index: number) => string;
  readonly before: string;
  readonly after: string;
}

/** A long text of one piece a record, made in time slices as it is read, so that it holds up nobody. */
export function inPieces<T>(options: PiecesOptions<T>): Readable {
  return Readable.from(pieces(options), { objectMode: false });
}

/** A long list as a JSON array. */
export function jsonArray<T>(items: readonly T[], toJson: (item: T) => unknown): Readable {
  const toText = (item: T, index: number) => (index > 0 ? ',' : '') + JSON.stringify(toJson(item));
  return inPieces({ items, toText, before: '[', after: ']' });
}

async function* pieces<T>({ items, toText, before, after }: PiecesOptions<T>): AsyncGenerator<string> {
  const slices = new TimeSlices();
  let piece = before;
  for (const [index, item] of items.entries()) {
    piece += toText(item, index);
    if (index % PIECE === PIECE - 1) {
      yield piece;
      piece = '';
    }
    if (slices.due()) await slices.rest();
  }
  yield piece + after;
}
