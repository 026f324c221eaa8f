import { describe, expect, it } from 'vitest';
import { TIMESTAMP_RANGE } from '../../../src/stream/mpeg-ts/packets.ts';
import { replaceVideo } from '../../../src/stream/rendition/replace-video.ts';
import { VideoCutter } from '../../../src/stream/rendition/video-cutter.ts';
import { AUDIO, continuation, pat, pes, pmt, VIDEO } from '../../fakes/ts-packets.ts';

const tables = [pat(), pmt([{ type: 0x1b }])];
const picture = (pts: number, keyframe = false) => [pes({ pid: VIDEO, pts, keyframe }), continuation()];
const sound = (pts: number) => [pes({ pid: AUDIO, pts, streamId: 0xc0 })];

describe('VideoCutter', () => {
  function make() {
    const delivered: [number, number][] = [];
    const cutter = new VideoCutter((sequence, packets) => delivered.push([sequence, packets.length / 188]));
    return { cutter, delivered };
  }

  it.each([1, 100, 188, 1_000])('cuts where segments begin, by chunks of %i bytes', (size) => {
    const { cutter, delivered } = make();
    const start = TIMESTAMP_RANGE - 3_600;
    cutter.expect({ sequence: 1, start, independent: true });
    cutter.expect({ sequence: 2, start: 3_600, independent: true });
    cutter.expect({ sequence: 3, start: 7_200, independent: false });
    const bytes = Buffer.concat(
      [
        tables,
        picture(start, true),
        picture(0),
        picture(3_600, true),
        tables,
        picture(7_201),
        picture(9_000),
      ].flat(),
    );
    for (let at = 0; at < bytes.length; at += size) cutter.write(bytes.subarray(at, at + size));
    expect(delivered).toEqual([
      [1, 6],
      [2, 4],
    ]);
  });

  it('leaves out what is beyond the end, which belongs to another source', () => {
    const { cutter, delivered } = make();
    cutter.expect({ sequence: 1, start: 0, independent: true });
    cutter.write(Buffer.concat(picture(0, true)));
    cutter.expect({ sequence: 2, start: 3_600, independent: false });
    cutter.write(Buffer.concat([picture(1_800), picture(3_600), picture(5_400)].flat()));
    cutter.end();
    expect(delivered).toEqual([[1, 4]]);
  });

  it('waits for a keyframe where a segment begins with one, and not for ever', () => {
    const { cutter, delivered } = make();
    cutter.expect({ sequence: 1, start: 0, independent: true });
    cutter.expect({ sequence: 2, start: 3_600, independent: true });
    cutter.write(Buffer.concat([picture(0, true), picture(3_600)].flat()));
    expect(delivered).toEqual([]);
    cutter.write(Buffer.concat(picture(7_200, true)));
    expect(delivered).toEqual([[1, 4]]);
    cutter.expect({ sequence: 3, start: 9_000, independent: true });
    expect(() => cutter.write(Buffer.concat(picture(200_000)))).toThrow(/keyframe/);
  });
});

describe('replaceVideo', () => {
  it('keeps tables and sound, and puts each picture where it is due', () => {
    const segment = [tables, picture(0, true), sound(0), picture(3_600), sound(3_600)].flat();
    const other = [picture(0, true), picture(1_800), picture(3_600)];
    const expected = [tables, other[0], sound(0), other[1], other[2], sound(3_600)].flat();
    const replaced = replaceVideo(Buffer.concat(segment), Buffer.concat([tables, ...other].flat()));
    expect(replaced?.equals(Buffer.concat(expected as Buffer[]))).toBe(true);
  });

  it('is null without a picture', () => {
    expect(replaceVideo(Buffer.concat(picture(0)), Buffer.concat(tables))).toBeNull();
  });
});
