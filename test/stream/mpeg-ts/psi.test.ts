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
  it('is the one that MPEG-2 has', () => {
    expect(crc32(Buffer.from('123456789'))).toBe(0x0376e6e7);
  });
});

describe('SectionReader', () => {
  it.each([
    ['of one packet', short],
    ['of three packets', long],
  ])('gives a section %s', (_, section) => {
    expect(read(...packets(section))).toEqual([section]);
  });

  it('takes no notice of packets without payload', () => {
    const [first = short, ...others] = packets(long);
    expect(read(first, adaptationOnly(PID), ...others)).toEqual([long]);
  });

  it('leaves out a section with an error in it, and takes the next', () => {
    const broken = packets(long).map((packet) => Buffer.from(packet));
    broken[1]?.fill(0, 100, 104);
    expect(read(...broken, ...packets(short, 3))).toEqual([short]);
  });

  it('leaves out a section of which a packet is lost', () => {
    const [first = short, , third = short] = packets(long);
    expect(read(first, third, ...packets(long, 3))).toEqual([long]);
  });

  it('does not take the end of a section for its beginning', () => {
    expect(read(...packets(long).slice(1), ...packets(short, 3))).toEqual([short]);
  });

  it('gives all sections of a packet', () => {
    const packet = Buffer.from(packets(short)[0] ?? short);
    short.copy(packet, 5 + short.length);
    expect(read(packet)).toEqual([short, short]);
  });

  it('gives a section that ends in the packet in which the next one begins', () => {
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

  it('survives a pointer and lengths that lead beyond the packet', () => {
    const pointer = Buffer.from(packets(short)[0] ?? short);
    pointer[4] = 255;
    const length = Buffer.from(packets(short, 1)[0] ?? short);
    length.writeUInt16BE(0xbfff, 6);
    expect(read(pointer, length, ...packets(short, 2))).toEqual([short]);
  });
});
