import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { discoverReply, isMeant, readDiscoverRequest } from '../../src/outputs/hdhomerun-packet.ts';
import { bytes } from '../properties/arbitraries.ts';

/** What Jellyfin sends. */
const ofJellyfin = Buffer.from('0002000c0104ffffffff0204ffffffff73cc7d8f', 'hex');
const ourId = '10ABCDE1';

/** A packet with a right checksum. */
function packet(type: number, payload: Buffer | string, length?: number): Buffer {
  const body = typeof payload === 'string' ? Buffer.from(payload.replaceAll(' ', ''), 'hex') : payload;
  const whole = Buffer.alloc(4 + body.length + 4);
  whole.writeUInt16BE(type, 0);
  whole.writeUInt16BE(length ?? body.length, 2);
  body.copy(whole, 4);
  whole.writeUInt32LE(crc32(whole.subarray(0, 4 + body.length)), 4 + body.length);
  return whole;
}

const isAnswered = (request: Buffer) => {
  const read = readDiscoverRequest(request);
  return read !== null && isMeant(read, ourId);
};

describe('a request', () => {
  it('of Jellyfin is read', () => {
    expect(readDiscoverRequest(ofJellyfin)).toEqual({ types: [], id: null });
    expect(packet(2, '0104ffffffff 0204ffffffff')).toEqual(ofJellyfin);
  });

  it.each([
    ['for tuners', '0104 00000001'],
    ['for everything', '0104 ffffffff'],
    ['for nothing in particular', ''],
    ['for our id', '0104 00000001 0204 10abcde1'],
    ['for several kinds', '2d08 00000005 00000001'],
    ['with tags that we do not know', '4003 010203 0104 00000001'],
    ['with a long value', `50 8001 ${'00'.repeat(128)} 0104 00000001`],
  ])('%s is answered', (_name, payload) => expect(isAnswered(packet(2, payload))).toBe(true));

  it.each([
    ['for storage', packet(2, '0104 00000005')],
    ['for several other kinds', packet(2, '2d08 00000005 00000006')],
    ['for another device', packet(2, '0104 00000001 0204 10abcdef')],
    ['that is a reply', packet(3, '0104 00000001')],
    ['to set something', packet(4, '0104 00000001')],
    ['with a value that goes beyond the end', packet(2, '0104 0000')],
    ['with a length that goes beyond the end', packet(2, '0184')],
    ['that says it is longer than it is', packet(2, '0104 00000001', 200)],
    ['that is cut', ofJellyfin.subarray(0, -1)],
    ['with a wrong checksum', Buffer.concat([ofJellyfin.subarray(0, -1), Buffer.from([0])])],
    ['without anything', Buffer.alloc(0)],
  ])('%s is not answered', (_name, request) => expect(isAnswered(request)).toBe(false));

  it('may be any bytes', () => {
    const read = (request: Buffer) => {
      const known = readDiscoverRequest(request);
      if (known) for (const type of known.types) expect(type).toBeLessThan(0xffffffff);
      return known;
    };
    fc.assert(
      fc.property(bytes(80), (any) => void read(any)),
      { numRuns: 2_000 },
    );
    // With a right checksum, so that the values are read.
    fc.assert(
      fc.property(fc.constantFrom(2, 3), bytes(80), (type, payload) => void read(packet(type, payload))),
      { numRuns: 2_000 },
    );
    fc.assert(
      fc.property(fc.nat(ofJellyfin.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const damaged = Buffer.from(ofJellyfin);
        damaged.writeUInt8(damaged.readUInt8(at) ^ flip, at);
        expect(read(damaged)).toBeNull();
      }),
    );
  });
});

describe('a reply', () => {
  it('is what players expect, to the byte', () => {
    const reply = discoverReply({ id: ourId, tuners: 2, baseUrl: 'http://192.168.1.10:8080' });
    expect(reply.toString('hex')).toBe(
      '0003004f010400000001020410abcde11001022a18687474703a2f2f3139322e3136382e312e31303a38303830' +
        '2724687474703a2f2f3139322e3136382e312e31303a383038302f6c696e6575702e6a736f6e39cb6969',
    );
  });

  it('writes the length of a long address in two bytes', () => {
    const baseUrl = `http://${'a'.repeat(150)}`;
    const reply = discoverReply({ id: ourId, tuners: 2, baseUrl });
    const at = reply.indexOf(Buffer.from([0x2a]), 4);
    expect([...reply.subarray(at + 1, at + 3)]).toEqual([(157 & 0x7f) | 0x80, 1]);
    expect(reply.subarray(at + 3, at + 160).toString()).toBe(baseUrl);
  });

  it('is no request, so that two servers do not answer each other', () => {
    expect(isAnswered(discoverReply({ id: ourId, tuners: 2, baseUrl: 'http://10.0.0.1' }))).toBe(false);
  });
});
