import { beforeAll, describe, expect, it } from 'vitest';
import {
  decodingTimestamp,
  findSync,
  hasPayload,
  isRandomAccess,
  isUnitStart,
  mapTimestamps,
  PACKET_SIZE,
  payloadOffset,
  pidOf,
  setContinuityCounter,
  TIMESTAMP_RANGE,
  ticksBetween,
} from '../../../src/stream/mpeg-ts/packets.ts';
import { makeTs } from '../../fakes/real-ts.ts';
import * as packets from '../../fakes/ts-packets.ts';

const LAST = TIMESTAMP_RANGE - 1;

describe('packet readers', () => {
  it('read PID, unit start, keyframe and payload', () => {
    const key = packets.pes({ pid: 0x1abc, pts: 1, keyframe: true });
    expect(pidOf(key, 0)).toBe(0x1abc);
    expect(isUnitStart(key, 0)).toBe(true);
    expect(isRandomAccess(key, 0)).toBe(true);
    expect(payloadOffset(key, 0)).toBe(6);

    const rest = packets.continuation();
    expect(isUnitStart(rest, 0)).toBe(false);
    expect(isRandomAccess(rest, 0)).toBe(false);
    expect(payloadOffset(rest, 0)).toBe(4);
    expect(hasPayload(rest, 0)).toBe(true);
  });

  it('find no payload and no keyframe in a packet with only an adaptation field', () => {
    const stuffing = packets.adaptationOnly();
    expect(hasPayload(stuffing, 0)).toBe(false);
    expect(payloadOffset(stuffing, 0)).toBeGreaterThanOrEqual(PACKET_SIZE);
    expect(decodingTimestamp(stuffing, 0)).toBeNull();
  });

  it('read no flags from an adaptation field of length 0', () => {
    const packet = packets.pes({ pts: 9 });
    packet[3] = 0x30;
    packet[4] = 0;
    packet[5] = 0xff;
    expect(isRandomAccess(packet, 0)).toBe(false);
  });

  it.each([
    ['the DTS if the packet has one', { pts: 7200, dts: 3600 }, 3600],
    ['the PTS if the packet has no DTS', { pts: 7200 }, 7200],
    ['no timestamp if the packet has none', {}, null],
    ['the greatest timestamp', { pts: 0, dts: LAST }, LAST],
    ['a timestamp beyond 32 bits', { pts: 2 ** 32 + 12_345 }, 2 ** 32 + 12_345],
    ['a timestamp after a programme clock', { pts: 5, keyframe: true, pcr: { base: 1, extension: 2 } }, 5],
  ])('decode %s', (_, options, expected) => {
    expect(decodingTimestamp(packets.pes(options), 0)).toBe(expected);
  });

  it('read at an offset', () => {
    const two = Buffer.concat([packets.nullPacket(), packets.pes({ pts: 90_000 })]);
    expect(decodingTimestamp(two, PACKET_SIZE)).toBe(90_000);
  });

  it('do not take a table for a PES packet', () => {
    for (const table of [packets.pat(), packets.pmt([{ type: 0x1b }])]) {
      const before = Buffer.from(table);
      expect(decodingTimestamp(table, 0)).toBeNull();
      mapTimestamps(table, 0, (ticks) => ticks + 12_345);
      expect(table).toEqual(before);
    }
  });
});

describe('mapTimestamps', () => {
  it.each([
    ['forward', 1000, 90_000, 91_000],
    ['back', 91_000, -90_000, 1000],
    ['across the wrap', LAST - 10, 100, 89],
    ['back across the wrap', 89, -100, LAST - 10],
    ['by more than the range', 5, 3 * TIMESTAMP_RANGE + 7, 12],
    ['by less than minus the range', 5, -2 * TIMESTAMP_RANGE - 6, LAST],
    ['across 2^30', 2 ** 30 - 1, 1, 2 ** 30],
    ['across 2^15', 2 ** 15 - 1, 1, 2 ** 15],
  ])('moves PTS, DTS and PCR %s', (_, from, by, to) => {
    const pcr = { base: from, extension: 299 };
    const packet = packets.pes({ pts: from, dts: from, keyframe: true, pcr });
    mapTimestamps(packet, 0, (ticks) => ticks + by);
    const expected = packets.pes({
      pts: to,
      dts: to,
      keyframe: true,
      pcr: { base: to, extension: 299 },
    });
    expect(packet).toEqual(expected);
  });

  it('leaves prefixes and marker bits as they are', () => {
    const packet = packets.pes({ pts: 0, dts: 0 });
    mapTimestamps(packet, 0, (ticks) => ticks + LAST);
    const pts = packet.subarray(13, 18);
    const dts = packet.subarray(18, 23);
    expect(pts.toString('hex')).toBe('3fffffffff');
    expect(dts.toString('hex')).toBe('1fffffffff');
  });

  it('moves the clock of a packet without payload, and keeps the extension', () => {
    const packet = packets.adaptationOnly(0x100, { base: 10, extension: 257 });
    mapTimestamps(packet, 0, (ticks) => ticks - 11);
    expect(packets.readPcr(packet)).toEqual({ base: LAST, extension: 257 });
  });

  it('does not mistake payload for a timestamp', () => {
    // Looks like a PES packet, but does not begin one.
    const packet = packets.continuation();
    packet.set([0, 0, 1, 0xe0, 0, 0, 0x80, 0x80, 5, 0x21, 0, 1, 0, 1], 4);
    const before = Buffer.from(packet);
    mapTimestamps(packet, 0, (ticks) => ticks + 1);
    expect(packet).toEqual(before);
  });

  it('leaves a PTS alone that the packet cuts off', () => {
    const packet = packets.pes({ pts: 1 });
    // An adaptation field that leaves room for 13 bytes only.
    const header = Buffer.from(packet.subarray(4, 17));
    packet[3] = 0x30;
    packet[4] = PACKET_SIZE - 5 - 13;
    packet[5] = 0;
    packet.set(header, PACKET_SIZE - 13);
    const before = Buffer.from(packet);
    mapTimestamps(packet, 0, (ticks) => ticks + 1);
    expect(packet).toEqual(before);
  });

  describe('with FFmpeg’s output', () => {
    let ts: Buffer;
    beforeAll(async () => {
      ts = await makeTs({ seconds: 2, bFrames: 2 });
    });

    it.each([1, 90_000, 2 ** 32, TIMESTAMP_RANGE - 5_000, -1, -700_000])(
      'restores every timestamp after a shift by %i and back',
      (by) => {
        const moved = shiftAll(Buffer.from(ts), by);
        expect(moved.equals(ts)).toBe(false);
        expect(shiftAll(moved, -by).equals(ts)).toBe(true);
      },
    );

    it('gives the same result in two steps as in one', () => {
      const twice = shiftAll(shiftAll(Buffer.from(ts), 1_234_567), TIMESTAMP_RANGE - 1_000_000);
      expect(twice.equals(shiftAll(Buffer.from(ts), 234_567))).toBe(true);
    });
  });
});

describe('ticksBetween', () => {
  it.each([
    [0, 0, 0],
    [100, 190, 90],
    [190, 100, -90],
    [LAST, 9, 10],
    [9, LAST, -10],
    [0, TIMESTAMP_RANGE / 2, -TIMESTAMP_RANGE / 2],
  ])('computes the distance from %i to %i as %i', (from, to, distance) => {
    expect(ticksBetween(from, to)).toBe(distance);
  });
});

describe('setContinuityCounter', () => {
  it('changes only the counter', () => {
    const packet = packets.pes({ pts: 1, keyframe: true });
    const before = Buffer.from(packet);
    setContinuityCounter(packet, 0, 0x1b);
    expect(packet[3]).toBe(0x3b);
    setContinuityCounter(packet, 0, 0);
    expect(packet).toEqual(before);
  });
});

describe('findSync', () => {
  const three = Buffer.concat([packets.nullPacket(), packets.nullPacket(), packets.nullPacket()]);

  it.each([
    ['finds three packets at the start', three, 0, 0],
    ['finds packets after rubbish', Buffer.concat([Buffer.alloc(77, 1), three]), 0, 77],
    ['skips a false sync byte', Buffer.concat([Buffer.from([0x47, 1]), three]), 0, 2],
    ['finds nothing in two packets', three.subarray(0, 2 * PACKET_SIZE), 0, -1],
    ['needs only the first byte of the third packet', three.subarray(0, 2 * PACKET_SIZE + 1), 0, 0],
    ['starts at the given offset', Buffer.concat([three, packets.nullPacket()]), 1, PACKET_SIZE],
    ['finds nothing in an empty buffer', Buffer.alloc(0), 0, -1],
  ])('%s', (_, bytes, from, expected) => {
    expect(findSync(bytes, from)).toBe(expected);
  });
});

function shiftAll(bytes: Buffer, by: number): Buffer {
  for (let at = 0; at < bytes.length; at += PACKET_SIZE) mapTimestamps(bytes, at, (ticks) => ticks + by);
  return bytes;
}
