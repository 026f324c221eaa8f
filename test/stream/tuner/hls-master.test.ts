import { describe, expect, it } from 'vitest';
import { rewritePlaylist } from '../../../src/stream/tuner/hls-master.ts';

const base = new URL('http://provider.example/live/list.m3u8?token=secret');
const DOOR = 'http://127.0.0.1:4000/';

function rewrite(...lines: string[]): { text: string; asked: string[] } {
  const asked: string[] = [];
  const text = rewritePlaylist(lines.join('\n'), base, (url) => {
    asked.push(url);
    return `${DOOR}${asked.length}`;
  });
  return { text, asked };
}

describe('rewritePlaylist', () => {
  it('rewrites addresses of segments, keys and initialisation sections to the local door', () => {
    const { text, asked } = rewrite(
      ...['#EXTM3U', '#EXT-X-TARGETDURATION:4', '#EXT-X-KEY:METHOD=AES-128,URI="k.bin",IV=0x01'],
      ...['#EXT-X-MAP:URI="/init.mp4",BYTERANGE="10@20"', '#EXTINF:4.0,', 's.ts', 'https://cdn.example/t.ts'],
    );
    expect(asked).toEqual([
      ...['http://provider.example/live/k.bin', 'http://provider.example/init.mp4'],
      ...['http://provider.example/live/s.ts', 'https://cdn.example/t.ts'],
    ]);
    expect(text.split('\n')).toEqual([
      ...['#EXTM3U', '#EXT-X-TARGETDURATION:4', `#EXT-X-KEY:METHOD=AES-128,URI="${DOOR}1",IV=0x01`],
      ...[`#EXT-X-MAP:URI="${DOOR}2",BYTERANGE="10@20"`, '#EXTINF:4.0,', `${DOOR}3`, `${DOOR}4`, ''],
    ]);
  });

  it.each([
    ['a blank before the attribute name', '#EXT-X-KEY:METHOD=AES-128, URI="http://evil.example/k"'],
    ['no quotes', '#EXT-X-KEY:METHOD=AES-128,URI=http://evil.example/k'],
    ['two URI attributes', '#EXT-X-MAP:URI="a",URI="http://evil.example/k"'],
    ['a quote within the address', '#EXT-X-KEY:METHOD=AES-128,URI="a\\",URI="http://evil.example/k"'],
    ['another tag', '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="a",URI="http://evil.example/k"'],
    ['a line that ends in a carriage return', '#EXTINF:4,\rhttp://evil.example/k'],
    ['a line that ends in a zero', '#EXTINF:4,\0http://evil.example/k'],
    ['another scheme', '#EXT-X-KEY:METHOD=AES-128,URI="file:///etc/passwd"'],
  ])('leaves no address that FFmpeg would request directly, with %s', (_, ...lines) => {
    const { text } = rewrite('#EXTM3U', '#EXT-X-TARGETDURATION:4', ...lines, '#EXTINF:4,', 's.ts');
    const left = text
      .replaceAll(DOOR, '')
      .split('\n')
      .filter((line) => /^[^#\d]|:\/\/|evil/.test(line));
    expect(left).toEqual([]);
  });

  it('keeps only the best variant of a master playlist, with its sounds and their languages', () => {
    const { text, asked } = rewrite(
      '#EXTM3U',
      '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="Français",LANGUAGE="fr-CA",DEFAULT=YES,URI="fr.m3u8"',
      '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="English",LANGUAGE="en",URI="en.m3u8"',
      ...['#EXT-X-STREAM-INF:BANDWIDTH=1,AUDIO="a"', 'low.m3u8', '#EXT-X-STREAM-INF:BANDWIDTH=2,AUDIO="a"'],
      'high.m3u8',
    );
    expect(asked.map((url) => url.split('/').at(-1))).toEqual(['fr.m3u8', 'en.m3u8', 'high.m3u8']);
    expect(text).toMatch(/LANGUAGE="fra",DEFAULT=YES.*\n.*LANGUAGE="eng",DEFAULT=NO/);
    expect(text).not.toContain('provider');
  });
});
