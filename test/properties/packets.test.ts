import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeyframeWatch } from '../../src/stream/mpeg-ts/keyframe-watch.ts';
import {
  decodingTimestamp,
  isRandomAccess,
  mapTimestamps,
  PACKET_SIZE,
  pidOf,
  programClock,
  setContinuityCounter,
  setPid,
  TIMESTAMP_RANGE,
  ticksBetween,
  wrapTicks,
  writeTimestamp,
} from '../../src/stream/mpeg-ts/packets.ts';
import {
  declaredContent,
  parseProgramList,
  parseProgramMap,
  readLanguage,
  renamed,
  type StreamEntry,
  writeProgramMap,
} from '../../src/stream/mpeg-ts/program-map.ts';
import { closeSection, crc32, SectionReader, toPackets } from '../../src/stream/mpeg-ts/psi.ts';
import { beginsKeyframe, sniff, sniffAudio } from '../../src/stream/mpeg-ts/sniff-codec.ts';
import { pes } from '../fakes/ts-packets.ts';
import { bytes, packet, ticks } from './arbitraries.ts';

const pid = fc.integer({ min: 0, max: 0x1fff });
const entry: fc.Arbitrary<StreamEntry> = fc.record({
  type: fc.oneof(fc.constantFrom(0x06, 0x1b, 0x0f, 0x24), fc.integer({ min: 0, max: 255 })),
  pid,
  descriptors: fc.oneof(
    bytes(24),
    fc
      .array(fc.tuple(fc.constantFrom(0x05, 0x0a, 0x6a, 0x7a, 0x7f), bytes(6)), { maxLength: 3 })
      .map((list) => Buffer.concat(list.map(([tag, body]) => Buffer.from([tag, body.length, ...body])))),
  ),
});

describe('a packet', () => {
  it('is read within its bounds, whatever its content', () => {
    fc.assert(
      fc.property(packet, packet, packet, (made, one, other) => {
        const read = (after: Buffer) => {
          const both = Buffer.concat([made, after]);
          return [
            programClock(both, 0),
            decodingTimestamp(both, 0),
            isRandomAccess(both, 0),
            sniff(both, 0),
            beginsKeyframe(both, 0, 'h264'),
            beginsKeyframe(both, 0, 'hevc'),
          ];
        };
        expect(read(one)).toEqual(read(other));
      }),
      { numRuns: 500 },
    );
  });

  it('is written within its bounds', () => {
    fc.assert(
      fc.property(packet, packet, ticks, (made, after, to) => {
        const both = Buffer.concat([made, after]);
        mapTimestamps(both, 0, () => to);
        setContinuityCounter(both, 0, to);
        expect(both.subarray(PACKET_SIZE)).toEqual(after);
      }),
      { numRuns: 500 },
    );
  });

  it('returns the timestamps that were written into it', () => {
    fc.assert(
      fc.property(ticks, ticks, ticks, (pts, dts, base) => {
        const made = pes({ pts: 1, dts: 2, pcr: { base: 3, extension: 299 } });
        let turn = 0;
        mapTimestamps(made, 0, () => [base, pts, dts][turn++] ?? 0);
        expect([programClock(made, 0), decodingTimestamp(made, 0)]).toEqual([base, dts]);
        const five = Buffer.alloc(5);
        writeTimestamp(five, 0, pts);
        expect(five.every((byte, at) => at % 2 === 1 || (byte & 1) === 1)).toBe(true);
      }),
    );
  });

  it('keeps all other bytes when its PID changes', () => {
    fc.assert(
      fc.property(packet, pid, (made, to) => {
        const before = Buffer.from(made);
        const from = pidOf(made, 0);
        setPid(made, 0, to);
        expect(pidOf(made, 0)).toBe(to);
        setPid(made, 0, from);
        expect(made).toEqual(before);
      }),
    );
  });

  it('measures the same distance in both directions', () => {
    fc.assert(
      fc.property(ticks, ticks, (from, to) => {
        const way = ticksBetween(from, to);
        expect(wrapTicks(from + way)).toBe(to);
        expect(Math.abs(way)).toBeLessThanOrEqual(TIMESTAMP_RANGE / 2);
      }),
    );
  });
});

describe('a section', () => {
  const body = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 3, maxLength: 1_000 });

  it('is read from its packets as it was written', () => {
    fc.assert(
      fc.property(
        fc.array(body, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 0, max: 15 }),
        (bodies, first) => {
          const sections = bodies.map((each) => closeSection([0x02, ...each.slice(1)]));
          const got: Buffer[] = [];
          const reader = new SectionReader((section) => got.push(section));
          let counter = first;
          for (const section of sections) {
            const packets = toPackets(0x1000, section, counter);
            counter += packets.length / PACKET_SIZE;
            for (let at = 0; at < packets.length; at += PACKET_SIZE) reader.take(packets, at);
          }
          expect(got).toEqual(sections);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is passed on only with a correct checksum for any packets', () => {
    fc.assert(
      fc.property(fc.array(packet, { maxLength: 40 }), (packets) => {
        const reader = new SectionReader((section) => expect(crc32(section)).toBe(0));
        for (const made of packets) reader.take(made, 0);
      }),
    );
  });

  it('is read the same, whatever follows its packets', () => {
    fc.assert(
      fc.property(fc.array(packet, { maxLength: 12 }), packet, (packets, after) => {
        const read = (tail: Buffer) => {
          const got: Buffer[] = [];
          const reader = new SectionReader((section) => got.push(section));
          for (const made of packets) reader.take(Buffer.concat([made, tail]), 0);
          return got;
        };
        expect(read(after)).toEqual(read(Buffer.alloc(PACKET_SIZE)));
      }),
    );
  });
});

describe('a programme map', () => {
  it('is parsed as it was written', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 20 }), pid, (streams, clockPid) => {
        const map = { number: 7, clockPid, streams };
        expect(parseProgramMap(writeProgramMap(map, 3))).toEqual(map);
      }),
    );
  });

  it('is parsed without an error for any bytes', () => {
    fc.assert(
      fc.property(bytes(200), fc.constantFrom(0, 2), (noise, table) => {
        const section = Buffer.concat([Buffer.from([table]), noise]);
        const list = parseProgramList(section);
        const map = parseProgramMap(section);
        for (const program of list?.programs ?? []) expect(program.mapPid).toBeLessThan(0x2000);
        for (const stream of map?.streams ?? []) {
          expect(stream.pid).toBeLessThan(0x2000);
          const { language } = readLanguage(stream);
          expect(language === null || /^[a-z]{2,3}$/.test(language)).toBe(true);
          declaredContent(stream);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('declares the real codec of a stream after it is renamed', () => {
    fc.assert(
      fc.property(
        entry,
        fc.constantFrom('h264', 'hevc', 'mpeg2', 'mpeg4').map((codec) => ({ kind: 'video', codec }) as const),
        (stream, content) => {
          const made = renamed(stream, content, 0x100);
          expect(declaredContent(made)).toEqual(content);
          expect(readLanguage(made).language).toBe(readLanguage(stream).language);
        },
      ),
    );
  });
});

describe('the bytes of a stream', () => {
  it('are sniffed without an error', () => {
    fc.assert(
      fc.property(bytes(40), (data) => {
        const content = sniffAudio(data);
        expect(content === null || content.kind === 'audio').toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('are searched for keyframes without an error', () => {
    fc.assert(
      fc.property(fc.array(packet, { maxLength: 60 }), (packets) => {
        const watch = new KeyframeWatch();
        for (const [index, made] of packets.entries()) watch.look(made, 0, index);
        expect(typeof watch.isKeyless).toBe('boolean');
      }),
    );
  });
});
