import { describe, expect, it } from 'vitest';
import { judgeFirstBytes } from '../../../src/stream/tuner/first-bytes.ts';
import { continuation } from '../../fakes/ts-packets.ts';

const ts = Buffer.concat(Array.from({ length: 5 }, () => continuation(0x100, 0)));

function frames(header: number[]): Buffer {
  return Buffer.concat([Buffer.from(header), Buffer.alloc(800, 0x55)]);
}

/** Five packets of a size, with the sync byte so far in each. */
function packets(size: number, sync: number): Buffer {
  const bytes = Buffer.alloc(5 * size, 0x11);
  for (let at = sync; at < bytes.length; at += size) bytes[at] = 0x47;
  return bytes;
}

describe('judgeFirstBytes', () => {
  it.each<[string, Buffer | string, string]>([
    ['a transport stream', ts, 'mpeg-ts'],
    ['a transport stream joined within a packet', ts.subarray(100), 'mpeg-ts'],
    ['the first bytes of a transport stream', ts.subarray(0, 200), 'undecided'],
    ['no bytes yet', '', 'undecided'],
    ['a playlist', '#EXTM3U\n#EXTINF:2,\nx.ts', 'hls'],
    ['a playlist after a byte order mark', '\uFEFF#EXTM3U\n', 'hls'],
    ['MP3', frames([0xff, 0xfb, 0x90, 0x64]), 'media'],
    ['ADTS', frames([0xff, 0xf1, 0x4c, 0x80]), 'media'],
    ['MP3 after a tag', 'ID3\x04', 'media'],
    ['MP4 made for streaming', boxes('ftyp', 'free', 'moov', 'mdat'), 'media'],
    ['MP4 in fragments', boxes('ftyp', 'moof'), 'media'],
    ['MP4 with its index at the end', boxes('ftyp', 'free', 'mdat', 'moov'), 'indexed-media'],
    ['an MP4 that has hardly begun', boxes('ftyp', 'free'), 'undecided'],
    ['a fragment of MP4', Buffer.from([0, 0, 0, 24, ...Buffer.from('stypmsdh')]), 'media'],
    ['Matroska', Buffer.of(0x1a, 0x45, 0xdf, 0xa3, 1), 'media'],
    ['Ogg', 'OggS\0', 'media'],
    ['packets with timestamps (M2TS)', packets(192, 4), 'media'],
    ['packets with checksums (DVB)', packets(204, 0), 'media'],
    ['a web page', '<!DOCTYPE html><html>', 'channel_web_page'],
    ['a web page after blank lines', '\r\n\n  <html lang="fr">', 'channel_web_page'],
    ['a web page after a byte order mark', '\uFEFF<html>', 'channel_web_page'],
    ['a fragment of a web page', '<h1>403 Forbidden</h1>', 'channel_web_page'],
    ['an XML error', '<?xml version="1.0"?><Error/>', 'channel_web_page'],
    ['JSON', '{"user_info":{"auth":0}}', 'channel_not_video'],
    ['a JSON list', '[]', 'channel_not_video'],
    ['plain text', 'User is banned', 'undecided'],
    ['too much rubbish', Buffer.alloc(4_096, 7), 'channel_not_video'],
    ['rubbish within the limit', Buffer.alloc(4_095, 7), 'undecided'],
    ['a transport stream after some rubbish', Buffer.concat([Buffer.alloc(1_000, 7), ts]), 'mpeg-ts'],
    ['a transport stream whose first byte looks like JSON', Buffer.concat([Buffer.from('{'), ts]), 'mpeg-ts'],
  ])('judges %s', (_, bytes, verdict) => {
    expect(judgeFirstBytes(Buffer.from(bytes))).toBe(verdict);
  });

  it.each<[string, Buffer | string, string]>([
    ['plain text', 'User is banned', 'channel_not_video'],
    ['fewer than three packets', ts.subarray(0, 300), 'channel_not_video'],
    ['a web page', '<html>', 'channel_web_page'],
    ['a transport stream', ts, 'mpeg-ts'],
  ])('judges at the end of the source: %s', (_, bytes, verdict) => {
    expect(judgeFirstBytes(Buffer.from(bytes), true)).toBe(verdict);
  });
});

/** Boxes of an MP4, with 16 bytes in each. */
function boxes(...types: string[]): Buffer {
  return Buffer.concat(
    types.map((type) => Buffer.from([0, 0, 0, 24, ...Buffer.from(type), ...Buffer.alloc(16)])),
  );
}
