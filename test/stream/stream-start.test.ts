import { describe, expect, it } from 'vitest';
import { StreamStart } from '../../src/stream/stream-start.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { AUDIO, continuation, PMT_PID, pat, pes, pmt } from '../fakes/ts-packets.ts';

const tables = [pat(), pmt([{ type: 0x1b }, { type: 0x0f, pid: AUDIO }], PMT_PID)];
const sound = pes({ pid: AUDIO, pts: 5, keyframe: true, streamId: 0xc0 });
const keyframe = pes({ pts: 9, keyframe: true });
/** What a reader that joins in the middle of a group of pictures comes upon. */
const middle = [continuation(), ...tables, sound, pes({ pts: 7 }), continuation()];
const group = [...tables, sound, keyframe, continuation()];

function sent(chunks: readonly Buffer[], video: 'h264' | null = 'h264'): Buffer {
  const start = new StreamStart({ video }, new FakeClock());
  return Buffer.concat(chunks.map((chunk) => start.take(chunk)).filter((bytes) => bytes !== null));
}

describe('StreamStart', () => {
  it('begins with the tables that stand before the first keyframe, wherever the chunks are cut', () => {
    const stream = Buffer.concat([continuation().subarray(50), ...middle, ...group]);
    const whole = Buffer.concat(group);
    for (const size of [1, 100, 188, 1_000, stream.length]) {
      const chunks = Array.from({ length: Math.ceil(stream.length / size) }, (_, index) =>
        stream.subarray(index * size, (index + 1) * size),
      );
      expect(sent(chunks).equals(whole)).toBe(true);
    }
  });

  it('passes everything on from then on, as it comes', () => {
    const start = new StreamStart({ video: 'h264' }, new FakeClock());
    start.take(Buffer.concat(group));
    const next = Buffer.from('anything');
    expect(start.take(next)).toBe(next);
  });

  it('waits for no picture where there is none', () => {
    expect(sent([Buffer.concat([continuation(), ...tables, sound])], null)).toEqual(
      Buffer.concat([...tables, sound]),
    );
  });

  it('does not wait for ever where keyframes are not marked', () => {
    const clock = new FakeClock();
    const start = new StreamStart({ video: 'h264' }, clock);
    expect(start.take(Buffer.concat(middle))).toBeNull();
    clock.skip(5_001);
    expect(start.take(continuation())).toEqual(Buffer.concat([...middle.slice(1), continuation()]));
  });
});
