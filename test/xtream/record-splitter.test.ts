import { describe, expect, it } from 'vitest';
import { RecordSplitter } from '../../src/xtream/record-splitter.ts';

function split(
  text: string | Buffer,
  size = Number.POSITIVE_INFINITY,
): { records: string[]; complete: boolean } {
  const records: string[] = [];
  const splitter = new RecordSplitter((json) => records.push(json) > 0);
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) splitter.push(bytes.subarray(at, at + size));
  return { records, complete: splitter.complete };
}

describe('RecordSplitter', () => {
  it.each([
    ['[]', []],
    [' [ ] ', []],
    ['[{"a":1},{"b":[1,2,{"c":3}]}]', ['{"a":1}', '{"b":[1,2,{"c":3}]}']],
    ['[ null , 7 , "x,]" ]', ['null', '7', '"x,]"']],
    ['{"1":{"a":1},"3":{"a":2}}', ['{"a":1}', '{"a":2}']],
    ['{"1" : {"a" : "b:c"} }', ['{"a" : "b:c"}']],
    [String.raw`[{"a":"\"}],[{\\"},{"b":"\\\""}]`, [String.raw`{"a":"\"}],[{\\"}`, String.raw`{"b":"\\\""}`]],
    ['[{"a":"é 😀"}]', ['{"a":"é 😀"}']],
    ['\ufeff[1]\n', ['1']],
  ])('splits %s at any chunk boundaries', (text, records) => {
    for (let size = 1; size <= text.length + 4; size++)
      expect(split(text, size)).toEqual({ records, complete: true });
  });

  it.each(['', '[{"a":1},', '[{"a":1}', '[{"a":"', '[1][2]', ']', '<html>"'])(
    '%j is not complete',
    (text) => {
      expect(split(text).complete).toBe(false);
    },
  );

  it('finds the same records as JSON.parse in random lists and chunks', () => {
    const random = generator(7);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
    const words = ['', 'a', '"', '\\', '{', '}', '[', ']', ',', ':', 'é', '😀', '\n', '\\"'];
    const value = (depth: number): unknown => {
      const kind = depth > 3 ? random() * 0.6 : random();
      if (kind < 0.3) return Array.from({ length: 4 }, () => pick(words)).join('');
      if (kind < 0.6) return pick([0, -1.5e9, true, false, null]);
      const items = Array.from({ length: Math.floor(random() * 4) }, () => value(depth + 1));
      return kind < 0.8 ? items : Object.fromEntries(items.map((item, index) => [pick(words) + index, item]));
    };
    for (let round = 0; round < 300; round++) {
      const list = Array.from({ length: Math.floor(random() * 6) }, () => value(0));
      const text = JSON.stringify(
        random() < 0.5 ? list : Object.fromEntries(list.entries()),
        null,
        pick([0, 1]),
      );
      const { records, complete } = split(text, 1 + Math.floor(random() * 20));
      expect(complete).toBe(true);
      expect(records.map((record) => JSON.parse(record) as unknown)).toEqual(list);
    }
  });
});

/** The mulberry32 generator, which gives the same numbers in every run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
