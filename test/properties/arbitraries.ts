import fc from 'fast-check';
import { PACKET_SIZE, SYNC_BYTE } from '../../src/stream/mpeg-ts/packets.ts';

/** Bytes of any length up to the given one. */
export function bytes(maxLength: number): fc.Arbitrary<Buffer> {
  return fc.uint8Array({ maxLength, size: 'max' }).map((array) => Buffer.from(array));
}

/** Cuts a buffer into chunks of these lengths, repeatedly; the chunks are copies. */
export function split(whole: Buffer, lengths: readonly number[]): Buffer[] {
  const chunks: Buffer[] = [];
  for (let at = 0, turn = 0; at < whole.length; turn++) {
    const length = lengths[turn % lengths.length] ?? whole.length;
    chunks.push(Buffer.from(whole.subarray(at, at + length)));
    at += length;
  }
  return chunks;
}

/** Lengths for `split`: single bytes, whole packets and others. */
export const lengths: fc.Arbitrary<number[]> = fc.array(
  fc.oneof(
    fc.integer({ min: 1, max: 8 }),
    fc.integer({ min: 1, max: 2_000 }),
    fc.constantFrom(187, 188, 189),
  ),
  { minLength: 1, maxLength: 12 },
);

/** Any text, including lone surrogates. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 120 }),
  fc.string({ unit: 'binary', maxLength: 120 }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 })
    .map((codes) => String.fromCharCode(...codes)),
);

/** A text of these parts in any order, with any text between them. */
export function textOf(...parts: readonly string[]): fc.Arbitrary<string> {
  return fc
    .array(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...parts) }, anyText), { maxLength: 30 })
    .map((list) => list.join(''));
}

const PIDS = [0, 0x100, 0x101, 0x102, 0x1000, 0x1001, 0x1fff];

/** A packet with any header, mostly on the relevant PIDs. */
export const packet: fc.Arbitrary<Buffer> = fc
  .record({
    pid: fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...PIDS) }, fc.integer({ min: 0, max: 0x1fff })),
    flags: fc.constantFrom(0, 0x40, 0x40, 0x80, 0x20),
    control: fc.integer({ min: 0, max: 0xff }),
    adaptation: fc.oneof(fc.constantFrom(0, 1, 7, 182, 183, 184, 255), fc.integer({ min: 0, max: 255 })),
    start: fc.constantFrom<readonly number[]>(
      [],
      [0, 0, 1, 0xe0, 0, 0, 0x80],
      [0, 0, 1, 0xc0, 0, 0, 0x80],
      [0],
    ),
    payload: fc.uint8Array({ maxLength: 24 }),
    fill: fc.constantFrom(0, 0xff, 0x47),
  })
  .map(({ pid, flags, control, adaptation, start, payload, fill }) => {
    const made = Buffer.alloc(PACKET_SIZE, fill);
    made.set([SYNC_BYTE, flags | (pid >> 8), pid & 0xff, control, adaptation]);
    const from = (control & 0x20) !== 0 ? 5 + adaptation : 4;
    if (from + 40 < PACKET_SIZE) made.set([...start, ...payload], from);
    return made;
  });

/** The 33 bits of a timestamp. */
export const ticks: fc.Arbitrary<number> = fc.oneof(
  fc.integer({ min: 0, max: 2 ** 33 - 1 }),
  fc.constantFrom(0, 1, 2 ** 15 - 1, 2 ** 30, 2 ** 32, 2 ** 33 - 1),
);

/** A number as in damaged files and from faulty providers. */
export const anyNumber: fc.Arbitrary<number> = fc.oneof(
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double(),
  fc.constantFrom(0, -0, -1, 0.5, 2 ** 31, 2 ** 53, Number.MAX_VALUE, 1e21),
);
