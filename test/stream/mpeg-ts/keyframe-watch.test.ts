import { describe, expect, it } from 'vitest';
import { KeyframeWatch } from '../../../src/stream/mpeg-ts/keyframe-watch.ts';
import { continuation, pes } from '../../fakes/ts-packets.ts';

const delimiter = [0, 0, 0, 1, 9, 0x10];
const parameters = [0, 0, 0, 1, 0x67, 0x64, 0, 0x1f, 0, 0, 0, 1, 0x68, 0xee];
const intra = [...delimiter, ...parameters, 0, 0, 1, 0x61, 0x88, 0x84];
const between = [...delimiter, 0, 0, 1, 0x41, 0x9a, 0x22];

function packet(data: readonly number[]): Buffer {
  const bytes = pes({ pts: 0 });
  bytes.set(data, 18);
  return bytes;
}

/** A picture to start with every two seconds, and others between. */
function watch(starts: readonly number[], seconds: number): KeyframeWatch {
  const keyframes = new KeyframeWatch();
  for (let now = 0; now < seconds; now += 0.04) {
    const isStart = Math.round(now * 25) % 50 === 0;
    keyframes.look(packet(isStart ? starts : between), 0, now);
  }
  return keyframes;
}

describe('KeyframeWatch', () => {
  it.each<[string, number[], boolean]>([
    ['an IDR picture', [...delimiter, ...parameters, 0, 0, 1, 0x65, 0x88], false],
    ['a recovery point', [...delimiter, 0, 0, 1, 6, 6, 1, 0xc4, 0x80, ...intra.slice(6)], false],
    [
      'a recovery point after captions',
      [...delimiter, 0, 0, 1, 6, 4, 2, 1, 2, 6, 1, 0xc4, 0x80, ...intra],
      false,
    ],
    ['plain I pictures', intra, true],
    ['plain I pictures of one kind of slice', [...delimiter, 0, 0, 1, 0x61, 0xb0, 1], true],
    ['captions only', [...delimiter, 0, 0, 1, 6, 4, 2, 6, 6, 0x80, ...intra.slice(6)], true],
    ['no I picture at all', between, false],
  ])('judges a stream of %s', (_, starts, isKeyless) => {
    expect(watch(starts, 8).isKeyless).toBe(isKeyless);
  });

  it('waits some seconds, since the first group of pictures may have begun earlier', () => {
    expect(watch(intra, 3.9).isKeyless).toBe(false);
    expect(watch(intra, 4.1).isKeyless).toBe(true);
  });

  it('finds the slice in a later packet of the picture', () => {
    const keyframes = new KeyframeWatch();
    for (let now = 0; now < 10; now += 2) {
      keyframes.look(packet([...delimiter, ...parameters]), 0, now);
      keyframes.look(continuation(), 0, now);
      const last = continuation();
      last.set([0, 0, 1, 0x65, 0x88], 60);
      keyframes.look(last, 0, now);
      keyframes.look(packet(intra), 0, now);
    }
    expect(keyframes.isKeyless).toBe(false);
  });
});
