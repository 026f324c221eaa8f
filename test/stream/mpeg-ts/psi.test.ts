import { describe, expect, it } from 'vitest';
import { PACKET_SIZE } from '../../../src/stream/mpeg-ts/packets.ts';
import { closeSection, crc32, SectionReader, toPackets } from '../../../src/stream/mpeg-ts/psi.ts';
import { adaptationOnly } from '../../fakes/ts-packets.ts';

const PID = 0x1000;
const short = closeSection([0x02, 0, 0, 1, 2, 3]);
const long = closeSection([0x02, 0, 0, ...Array.from({ length: 500 }, (_, index) => index & 0xff)]);

function read(...packets: Buffer[]): Buffer[] {
  const sections: Buffer[] = [];
  const reader = new SectionReader((section) => sections.push(section));
  const stream = Buffer.concat(packets);
  for (let at = 0; at < stream.length; at += PACKET_SIZE) reader.take(stream, at);
  return sections;
}

function packets(section: Buffer, counter = 0): Buffer[] {
  const all = toPackets(PID, section, counter);
  return Array.from({ length: all.length / PACKET_SIZE }, (_, index) =>
    all.subarray(index * PACKET_SIZE, (index + 1) * PACKET_SIZE),
  );
}

describe('crc32', () => {
  it('computes the CRC-32 of MPEG-2', () => {
    expect(crc32(Buffer.from('123456789'))).toBe(0x0376e6e7);
  });
});

describe('SectionReader', () => {
  it.each([
    ['of one packet', short],
    ['of three packets', long],
  ])('assembles a section %s', (_, section) => {
    expect(read(...packets(section))).toEqual([section]);
  });

  it('ignores packets without payload', () => {
    const [first = short, ...others] = packets(long);
    expect(read(first, adaptationOnly(PID), ...others)).toEqual([long]);
  });

  it('drops a section with a wrong checksum and reads the next one', () => {
    const broken = packets(long).map((packet) => Buffer.from(packet));
    broken[1]?.fill(0, 100, 104);
    expect(read(...broken, ...packets(short, 3))).toEqual([short]);
  });

  it('drops a section with a lost packet', () => {
    const [first = short, , third = short] = packets(long);
    expect(read(first, third, ...packets(long, 3))).toEqual([long]);
  });

  it('ignores the end of a section whose beginning is missing', () => {
    expect(read(...packets(long).slice(1), ...packets(short, 3))).toEqual([short]);
  });

  it('reads all sections of one packet', () => {
    const packet = Buffer.from(packets(short)[0] ?? short);
    short.copy(packet, 5 + short.length);
    expect(read(packet)).toEqual([short, short]);
  });

  it('reads a section that ends in the packet where the next one begins', () => {
    const [first = short, second = short, third = short] = packets(long);
    const rest = long.length - 2 * 184 + 1;
    const shared = Buffer.alloc(PACKET_SIZE, 0xff);
    third.copy(shared, 0, 0, 4);
    shared[1] = (shared[1] ?? 0) | 0x40;
    shared[4] = rest;
    third.copy(shared, 5, 4, 4 + rest);
    short.copy(shared, 5 + rest);
    expect(read(first, second, shared)).toEqual([long, short]);
  });

  it('survives a pointer and lengths beyond the packet', () => {
    const pointer = Buffer.from(packets(short)[0] ?? short);
    pointer[4] = 255;
    const length = Buffer.from(packets(short, 1)[0] ?? short);
    length.writeUInt16BE(0xbfff, 6);
    expect(read(pointer, length, ...packets(short, 2))).toEqual([short]);
  });
});
