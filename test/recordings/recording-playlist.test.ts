import { describe, expect, it } from 'vitest';
import {
  entryLine,
  type ListedPart,
  readEntries,
  recordingPlaylist,
} from '../../src/recordings/recording-playlist.ts';

/** A part with a keyframe every two seconds, of a hundred bytes a second. @param end whether it was closed. */
function part(number: number, seconds: number, { end = false, begin = 7 } = {}): ListedPart {
  const entries = Array.from({ length: Math.floor(seconds / 2) + 1 }, (_, at) => ({
    offset: at * 200,
    seconds: begin + at * 2,
    isEnd: false,
  }));
  if (end) entries.push({ offset: seconds * 100, seconds: begin + seconds, isEnd: true });
  return { number, bytes: seconds * 100, entries };
}
const segments = (text: string) =>
  text
    .split('\n')
    .filter((line) => /^#EXTINF|BYTERANGE|part-|DISC|ENDLIST/.test(line))
    .map((line) => line.replace(/^#EXT-X-|^#/, ''));
const running = { isOver: false, query: '' };

describe('the playlist of a running recording', () => {
  it('lists ranges of a part from keyframe to keyframe, and not what is still to end', () => {
    const text = recordingPlaylist([part(1, 11)], running);
    expect(text).toMatch(/^#EXTM3U\n#EXT-X-VERSION:4\n/);
    expect(text).toContain('#EXT-X-PLAYLIST-TYPE:EVENT\n');
    expect(segments(text)).toEqual([
      ...['EXTINF:4.000,', 'BYTERANGE:400@0', 'part-1.ts'],
      ...['EXTINF:4.000,', 'BYTERANGE:400@400', 'part-1.ts'],
    ]);
  });

  it('only grows', () => {
    let before = '';
    for (let seconds = 1; seconds < 40; seconds++) {
      const parts = seconds < 21 ? [part(1, seconds)] : [part(1, 21, { end: true }), part(2, seconds - 20)];
      const text = recordingPlaylist(parts, running);
      expect(text.startsWith(before)).toBe(true);
      before = text;
    }
  });

  it('marks the beginning of another part, and lists the whole end of one', () => {
    const text = recordingPlaylist([part(1, 5, { end: true }), part(2, 4)], {
      isOver: true,
      query: '?key=k',
    });
    expect(segments(text)).toEqual([
      ...['EXTINF:4.000,', 'BYTERANGE:400@0', 'part-1.ts?key=k'],
      ...['EXTINF:1.000,', 'BYTERANGE:100@400', 'part-1.ts?key=k'],
      'DISCONTINUITY',
      ...['EXTINF:4.000,', 'BYTERANGE:400@0', 'part-2.ts?key=k'],
      'ENDLIST',
    ]);
  });

  it('lists nothing that is not on the disk', () => {
    const text = recordingPlaylist(
      [
        { ...part(1, 20), bytes: 799 },
        { number: 2, bytes: 5, entries: [] },
      ],
      running,
    );
    expect(segments(text)).toEqual(['EXTINF:4.000,', 'BYTERANGE:400@0', 'part-1.ts']);
  });
});

describe('a list of entries', () => {
  it('is read as it was written, but for a line that a crash has cut', () => {
    const entries = [
      { offset: 0, seconds: 1.5, isEnd: false },
      { offset: 376, seconds: 3.25, isEnd: true },
    ];
    expect(readEntries(`${entries.map(entryLine).join('')}752 5.`)).toEqual(entries);
    expect(readEntries('')).toEqual([]);
  });
});
