import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/domain/errors.ts';
import type { Clock } from '../../src/lib/clock.ts';
import { Refusal, type SourceHttp } from '../../src/stream/tuner/upstream.ts';
import { readHls } from '../../src/stream/tuner/upstream-hls.ts';
import { mainId } from '../fakes/main-id.ts';
import { anyText } from './arbitraries.ts';

/** Seconds of a simulated stream, and the most requests that a player would make in them. */
const WATCHED = 120;
const MOST_LINES = 24;
/** Segments may have the playlist's own address. */
const MOST_LOADS = (WATCHED / 0.5) * (1 + MOST_LINES);

/** A clock on which every wait is over at once, which notes how long it would have been. */
class HastyClock implements Clock {
  #time = 0;
  readonly waits: number[] = [];

  now(): number {
    return this.#time;
  }

  monotonic(): number {
    return this.#time;
  }

  after(delay: number, callback: () => void): () => void {
    this.waits.push(delay);
    const timer = setImmediate(() => {
      this.#time += delay;
      callback();
    });
    return () => clearImmediate(timer);
  }
}

const number = fc.oneof(
  fc.integer({ min: 0, max: 12 }).map(String),
  fc.constantFrom(
    '-1',
    '0',
    '0.001',
    '4.004',
    '1e9',
    '99999999',
    '9007199254740993',
    'NaN',
    '',
    'x',
    'Infinity',
  ),
);
const line = fc.oneof(
  { weight: 6, arbitrary: number.map((value) => `#EXTINF:${value},`) },
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      'a.ts',
      'b.ts',
      '/c.ts',
      'http://hls.test/d.ts',
      'missing.ts',
      'http://[',
      '//',
    ),
  },
  { weight: 2, arbitrary: number.map((value) => `#EXT-X-TARGETDURATION:${value}`) },
  { weight: 2, arbitrary: number.map((value) => `#EXT-X-MEDIA-SEQUENCE:${value}`) },
  { weight: 1, arbitrary: number.map((value) => `#EXT-X-BYTERANGE:${value}@${value}`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '#EXT-X-KEY:METHOD=AES-128,URI="key"',
      '#EXT-X-KEY:METHOD=AES-128,URI="key",IV=0x1',
      '#EXT-X-KEY:METHOD=NONE',
      '#EXT-X-MAP:URI="map"',
      '#EXT-X-DISCONTINUITY',
      '#EXT-X-STREAM-INF:BANDWIDTH=1000',
      '#EXT-X-STREAM-INF:',
      '#EXT-X-ENDLIST',
      '#EXT-X-PROGRAM-DATE-TIME:x',
    ),
  },
  { weight: 1, arbitrary: anyText },
);
const variants = fc
  .array(
    fc.tuple(
      fc.oneof(number, fc.constant('100')).map((value) => `#EXT-X-STREAM-INF:BANDWIDTH=${value}`),
      fc.oneof(fc.constantFrom('index.m3u8', 'http://[', 'http://', 'a.ts'), anyText),
    ),
    { maxLength: 4 },
  )
  .map((list) => ['#EXTM3U', ...list.flat()].join('\n'));
const segments = fc
  .tuple(fc.boolean(), fc.array(line, { maxLength: MOST_LINES }))
  .map(([isLikely, lines]) =>
    ['#EXTM3U', ...(isLikely ? ['#EXT-X-TARGETDURATION:4', '#EXTINF:4,', 'a.ts'] : []), ...lines].join('\n'),
  );

const playlist = fc.oneof({ weight: 4, arbitrary: segments }, { weight: 1, arbitrary: variants });

/**
 * Reads a provider's playlists, one after another, for some time.
 * @param isLive true if each answer has new segments.
 */
async function watch(playlists: readonly string[], isLive: boolean) {
  const clock = new HastyClock();
  const abort = new AbortController();
  let loads = 0;
  let bytes = 0;
  const look = () => {
    if (clock.monotonic() > WATCHED * 1000 || loads > MOST_LOADS) abort.abort(new AppError('superseded'));
  };
  const answer = (path: string): string => {
    look();
    if (path !== '/index.m3u8') return 'x'.repeat(16);
    const text = playlists[Math.min(loads++, playlists.length - 1)] ?? '';
    return isLive ? text.replace('#EXTM3U', `#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:${MOST_LINES * loads}`) : text;
  };
  const http: SourceHttp = {
    async get(url, { signal }) {
      const address = new URL(url);
      if (address.origin !== 'http://hls.test') throw new Error('there is no network');
      const isMissing = address.pathname.includes('missing');
      const body = Readable.from([Buffer.from(isMissing ? '' : answer(address.pathname))]);
      signal.throwIfAborted();
      return { status: isMissing ? 404 : 200, headers: {}, body, address };
    },
  };
  let error: unknown = null;
  try {
    const source = {
      channelId: mainId(1),
      url: 'http://hls.test/index.m3u8',
      format: 'm3u8',
      userAgent: 'x',
    } as const;
    const options = {
      http,
      signal: abort.signal,
      timeouts: { firstByte: 1_000, silence: 1_000 },
      clock,
    };
    for await (const part of readHls(source, options)) bytes += part?.length ?? 0;
  } catch (thrown) {
    error = thrown;
  }
  return { loads, bytes, error, waits: clock.waits };
}

describe('the HLS reader', () => {
  it('sends no more requests than a player, waits no longer, and fails only with its own errors for any playlist', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(playlist, { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        async (playlists, isLive) => {
          const { loads, error, waits } = await watch(playlists, isLive);
          expect(loads).toBeLessThanOrEqual(MOST_LOADS);
          expect(waits.filter((wait) => !(wait >= 0 && wait <= 60_000))).toEqual([]);
          if (error !== null && !(error instanceof AppError) && !(error instanceof Refusal)) throw error;
        },
      ),
      { numRuns: 250 },
    );
  });
});
