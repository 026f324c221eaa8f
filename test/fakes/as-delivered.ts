import { Normaliser } from '../../src/stream/normaliser/normaliser.ts';

/** The bytes that a private link delivers from these chunks of a source: from the first keyframe on, in our layout. */
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
