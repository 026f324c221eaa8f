import { Normaliser } from '../../src/stream/normaliser/normaliser.ts';

/** What a private link's reader gets of a source that sends these chunks: from the first keyframe on, in our layout. */
export function asDelivered(...chunks: Buffer[]): Buffer {
  const pieces: Buffer[] = [];
  const normaliser = new Normaliser(({ bytes, isStart }) => {
    if (isStart || pieces.length > 0) pieces.push(Buffer.from(bytes));
  });
  for (const chunk of chunks) {
    normaliser.take(Buffer.from(chunk));
    normaliser.open(0);
  }
  return Buffer.concat(pieces);
}
