import { describe, expect, it } from 'vitest';
import { beginsKeyframe, sniff } from '../../../src/stream/mpeg-ts/sniff-codec.ts';
import { pes } from '../../fakes/ts-packets.ts';

function packet(data: readonly number[], streamId: number): Buffer {
  const bytes = pes({ pts: 0, streamId });
  bytes.set(data, 18);
  return bytes;
}

describe('sniff', () => {
  it.each<[string, number[], number, string | null]>([
    ['H.264 after a delimiter', [0, 0, 0, 1, 9, 0xf0], 0xe0, 'h264'],
    ['H.264 parameter sets', [0, 0, 0, 1, 0x67, 0x64, 0], 0xe0, 'h264'],
    ['an H.264 slice', [0, 0, 1, 0x41, 0x9a], 0xe0, 'h264'],
    ['HEVC after a delimiter', [0, 0, 0, 1, 0x46, 1, 0x10], 0xe0, 'hevc'],
    ['HEVC parameter sets', [0, 0, 0, 1, 0x40, 1, 0x0c], 0xe0, 'hevc'],
    ['an HEVC slice', [0, 0, 0, 1, 2, 1, 0xd0], 0xe0, 'hevc'],
    ['an MPEG-2 sequence', [0, 0, 1, 0xb3, 0x2d], 0xe0, 'mpeg2'],
    ['an MPEG-2 picture', [0, 0, 1, 0, 0, 0x0f], 0xe0, 'mpeg2'],
    ['MPEG-4', [0, 0, 1, 0xb0, 0xf5], 0xe0, 'mpeg4'],
    ['nothing in the middle of a picture', [1, 2, 3, 4, 5], 0xe0, null],
    ['ADTS with AAC LC, 48 kHz, stereo', [0xff, 0xf1, 0x4c, 0x80], 0xc0, 'aac lc 48000 stereo'],
    ['ADTS in mono', [0xff, 0xf1, 0x4c, 0x40], 0xc0, 'aac'],
    ['ADTS at 44.1 kHz', [0xff, 0xf9, 0x50, 0x80], 0xc0, 'aac'],
    ['ADTS of six channels', [0xff, 0xf1, 0x4d, 0x80], 0xc0, 'aac'],
    ['AAC Main', [0xff, 0xf1, 0x0c, 0x80], 0xc0, 'aac'],
    ['LATM', [0x56, 0xe1, 0x2c], 0xc0, 'latm'],
    ['MP2', [0xff, 0xfd, 0xa4, 4], 0xc0, 'mpeg'],
    ['MP3', [0xff, 0xfb, 0x90, 4], 0xc0, 'mpeg'],
    ['MP2 in private data', [0xff, 0xfd, 0xa4, 4], 0xbd, 'mpeg'],
    ['AC-3', [0x0b, 0x77, 1, 2, 0x14, 0x40], 0xbd, 'ac3'],
    ['E-AC-3', [0x0b, 0x77, 1, 2, 0x3f, 0x80], 0xbd, 'eac3'],
    ['nothing in an invalid MPEG audio frame', [0xff, 0xff, 0xff, 0xff], 0xc0, null],
    ['nothing in teletext', [0x10, 2, 0x2c], 0xbd, null],
    ['nothing in subtitles', [0x20, 0, 0x0f], 0xbd, null],
  ])('recognises %s', (_, data, streamId, codec) => {
    expect(sniff(packet(data, streamId), 0)?.codec ?? null).toBe(codec);
  });

  it('recognises nothing without the start of a PES packet, or if its header fills the packet', () => {
    const middle = packet([0, 0, 1, 9, 0xf0], 0xe0);
    middle[1] = 1;
    expect(sniff(middle, 0)).toBeNull();
    const full = packet([0, 0, 1, 9, 0xf0], 0xe0);
    full[12] = 200;
    expect(sniff(full, 0)).toBeNull();
  });
});

describe('beginsKeyframe', () => {
  it.each<[string, number[], 'h264' | 'hevc' | 'mpeg2', boolean]>([
    ['an IDR picture', [0, 0, 1, 9, 0xf0, 0, 0, 1, 0x65, 0x88], 'h264', true],
    ['parameter sets', [0, 0, 1, 9, 0x10, 0, 0, 0, 1, 0x67, 0x64], 'h264', true],
    ['a slice that needs others', [0, 0, 1, 9, 0xf0, 0, 0, 1, 0x41, 0x9a], 'h264', false],
    ['an IDR picture of HEVC', [0, 0, 1, 0x26, 1], 'hevc', true],
    ['a slice of HEVC', [0, 0, 1, 2, 1], 'hevc', false],
    ['a sequence', [0, 0, 1, 0xb3, 0x2d], 'mpeg2', true],
    ['a picture', [0, 0, 1, 0, 0, 0x0f], 'mpeg2', false],
  ])('judges %s', (_, data, codec, expected) => {
    const bytes = packet(data, 0xe0);
    bytes.fill(0xff, 18 + data.length);
    expect(beginsKeyframe(bytes, 0, codec)).toBe(expected);
  });
});
