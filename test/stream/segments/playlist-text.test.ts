import { describe, expect, it } from 'vitest';
import { LivePlaylist } from '../../../src/stream/segments/live-playlist.ts';
import { renderMediaPlaylist } from '../../../src/stream/segments/playlist-text.ts';
import type { ListedSegment } from '../../../src/stream/segments/segment.ts';
import { noPast } from '../../fakes/no-past.ts';
import { silentLogger } from '../../fakes/silent-logger.ts';

const noon = Date.UTC(2026, 10, 24, 11, 50);
const form = {
  uri: ({ sequence }: { readonly sequence: number }) => `seg/${sequence}.ts`,
  blockingReload: false,
  discontinuities: true,
};

describe('renderMediaPlaylist', () => {
  it('writes the playlist after a switch', () => {
    const text = renderMediaPlaylist(
      {
        targetDuration: 6,
        discontinuitySequence: 3,
        segments: [listed(118), listed(119), listed(120, { discontinuity: true, duration: 1.04 })],
      },
      form,
    );
    expect(text).toBe(`#EXTM3U
#EXT-X-VERSION:6
#EXT-X-TARGETDURATION:6
#EXT-X-MEDIA-SEQUENCE:118
#EXT-X-DISCONTINUITY-SEQUENCE:3
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-PROGRAM-DATE-TIME:2026-11-24T11:50:00.000Z
#EXTINF:2.000,
seg/118.ts
#EXTINF:2.000,
seg/119.ts
#EXT-X-DISCONTINUITY
#EXT-X-PROGRAM-DATE-TIME:2026-11-24T11:50:04.000Z
#EXTINF:1.040,
seg/120.ts
`);
  });

  it('writes one PROGRAM-DATE-TIME if the window begins with a discontinuity', () => {
    const text = render([listed(118, { discontinuity: true }), listed(119)]);
    expect(text.match(/PROGRAM-DATE-TIME/g)).toHaveLength(1);
    expect(text).toMatch(
      /#EXT-X-DISCONTINUITY\n#EXT-X-PROGRAM-DATE-TIME:.*\n#EXTINF:2\.000,\nseg\/118\.ts\n/,
    );
  });

  it('writes INDEPENDENT-SEGMENTS only if all segments are', () => {
    expect(render([listed(118), listed(119)])).toContain('#EXT-X-INDEPENDENT-SEGMENTS');
    expect(render([listed(118), listed(119, { independent: false })])).not.toContain('INDEPENDENT');
  });

  it('invites blocking reloads only if told to', () => {
    const playlist = { targetDuration: 6, discontinuitySequence: 0, segments: [listed(118)] };
    expect(renderMediaPlaylist(playlist, form)).not.toContain('SERVER-CONTROL');
    expect(renderMediaPlaylist(playlist, { ...form, blockingReload: true })).toContain(
      '\n#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES\n',
    );
  });

  it('never writes an ENDLIST, and counts the segments and discontinuities that have left', () => {
    const live = new LivePlaylist({
      targetDuration: 6,
      window: 24,
      first: { sequence: 118, discontinuitySequence: 7 },
      storage: noPast(),
      logger: silentLogger,
    });
    const discontinuous: number[] = [];
    for (let index = 0; index < 500; index++) {
      const discontinuity = index % 7 === 0;
      if (discontinuity) discontinuous.push(118 + index);
      const content = {
        bytes: Buffer.alloc(188),
        duration: 0.5 + (index % 4),
        independent: true,
        discontinuity,
      };
      live.append(content, noon + index * 2000);
      const text = renderMediaPlaylist(live.content, form);
      const first = Number(/MEDIA-SEQUENCE:(\d+)/.exec(text)?.[1]);
      const left = discontinuous.filter((sequence) => sequence < first).length;
      expect(text).not.toContain('ENDLIST');
      expect(text).toContain(`#EXT-X-DISCONTINUITY-SEQUENCE:${7 + left}\n`);
      expect(text).toContain('#EXT-X-TARGETDURATION:6\n');
      const listedHere = [...text.matchAll(/seg\/(\d+)\.ts/g)].map((match) => Number(match[1]));
      expect(listedHere).toEqual(listedHere.map((_, position) => first + position));
      expect(listedHere.at(-1)).toBe(118 + index);
    }
  });
});

function render(segments: ListedSegment[]): string {
  return renderMediaPlaylist({ targetDuration: 6, discontinuitySequence: 0, segments }, form);
}

function listed(sequence: number, change: Partial<ListedSegment> = {}): ListedSegment {
  return {
    sequence,
    duration: 2,
    discontinuity: false,
    independent: true,
    programDateTime: noon + (sequence - 118) * 2000,
    ...change,
  };
}
