import { describe, expect, it } from 'vitest';
import { addressOf, withNames } from '../../src/web/watch/segment-names.ts';

const HOME = 'https://tv.example/internal_stream.m3u8?blocking=1&_HLS_msn=8';
const EDGE = 'http://edge.example:8080/e/a-b_c/1796169600/live/page.m3u8';
const lines = (...uris: string[]) =>
  `#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:7\n${uris.map((uri) => `#EXTINF:2.000,\n${uri}\n`).join('')}`;
/** As hls.js resolves what it reads. */
const addresses = (playlist: string, base: string) =>
  playlist
    .split('\n')
    .filter((line) => /^[^#]/.test(line))
    .map((uri) => addressOf(new URL(uri, base).href));

describe('withNames', () => {
  it.each([
    [HOME, 'live/seg/7.ts', 'https://tv.example/live/seg/7.ts'],
    [HOME, 'http://edge.example/e/x/1/live/7.ts', 'http://edge.example/e/x/1/live/7.ts'],
    [EDGE, '/e/x/2/live/7.ts', 'http://edge.example:8080/e/x/2/live/7.ts'],
    [EDGE, '7.ts', 'http://edge.example:8080/e/a-b_c/1796169600/live/7.ts'],
  ])('keeps the address, in %s: %s', (base, uri, address) => {
    expect(addresses(withNames(lines(uri), base), base)).toEqual([address]);
  });

  it('names a segment the same, queries aside, wherever it is', () => {
    const names = [
      withNames(lines('live/seg/7.ts', 'live/seg/8.ts'), HOME),
      withNames(lines('/e/x/2/live/7.ts', '/e/y/3/live/8.ts'), EDGE),
    ].map((playlist) => playlist.replaceAll(/\?.*$/gm, ''));
    expect(names[0]).toBe(lines('7.ts', '8.ts'));
    expect(names[1]).toBe(names[0]);
  });

  it('leaves every tag alone', () => {
    const tags = '#EXTM3U\n#EXT-X-VERSION:6\n\n#EXT-X-PROGRAM-DATE-TIME:2026-01-01T00:00:00.000Z\n';
    expect(withNames(tags, HOME)).toBe(tags);
  });
});

describe('addressOf', () => {
  it('leaves other addresses alone', () => {
    for (const address of [
      '/internal_auto.m3u8?blocking=1',
      'https://tv.example/live/seg/7.ts',
      'https://tv.example/7.ts?key=1',
    ])
      expect(addressOf(address)).toBe(address);
  });
});
