import { describe, expect, it } from 'vitest';
import { type Action, decide, type Failure, hasDecoderStopped } from '../../src/web/watch/recovery.ts';

const failure = (type: string, details: string, more: Partial<Failure> = {}): Failure => ({
  type,
  details,
  fatal: true,
  status: null,
  ...more,
});

describe('decide', () => {
  it.each<[string, Failure, mediaFailures: number, Action]>([
    [
      'ignores a failure that hls.js still retries itself',
      failure('networkError', 'levelLoadError', { fatal: false }),
      0,
      { kind: 'ignore' },
    ],
    [
      'ignores a short stall',
      failure('mediaError', 'bufferStalledError', { fatal: false }),
      0,
      { kind: 'ignore' },
    ],
    [
      'reloads while the server is down',
      failure('networkError', 'manifestLoadError', { status: 0 }),
      0,
      { kind: 'reload', delayMs: 1_000 },
    ],
    [
      'reloads after a proxy’s 502',
      failure('networkError', 'levelLoadError', { status: 502 }),
      0,
      { kind: 'reload', delayMs: 1_000 },
    ],
    [
      'reloads after a segment that left the window while the page slept',
      failure('networkError', 'fragLoadError', { status: 404 }),
      3,
      { kind: 'reload', delayMs: 1_000 },
    ],
    [
      'reloads after a playlist that timed out',
      failure('networkError', 'manifestLoadTimeOut'),
      0,
      { kind: 'reload', delayMs: 1_000 },
    ],
    [
      'renews an expired cookie',
      failure('networkError', 'levelLoadError', { status: 403 }),
      0,
      { kind: 'renew-cookie' },
    ],
    [
      'renews a cookie that expired for a segment, before hls.js gives up',
      failure('networkError', 'fragLoadError', { status: 403, fatal: false }),
      0,
      { kind: 'renew-cookie' },
    ],
    ['skips after a first decoder error', failure('mediaError', 'decodeError'), 0, { kind: 'skip' }],
    [
      'skips after a tenth decoder error in a row',
      failure('mediaError', 'bufferAppendError'),
      9,
      { kind: 'skip' },
    ],
    [
      'recreates the player after an eleventh decoder error in a row',
      failure('mediaError', 'decodeError'),
      10,
      { kind: 'recreate', delayMs: 1_000 },
    ],
    [
      'recreates the player with a longer delay after many decoder errors',
      failure('mediaError', 'bufferAppendError'),
      40,
      { kind: 'recreate', delayMs: 5_000 },
    ],
    [
      'skips after a decoder error from which hls.js would resume at the same bytes',
      failure('mediaError', 'mediaSourceRequiresReset', { fatal: false }),
      0,
      { kind: 'skip' },
    ],
    [
      'ignores the same after ten decoder errors, since hls.js retries itself',
      failure('mediaError', 'mediaSourceRequiresReset', { fatal: false }),
      10,
      { kind: 'ignore' },
    ],
    [
      'recreates the player after 3 s for a codec that the browser lacks',
      failure('mediaError', 'bufferAddCodecError'),
      0,
      { kind: 'recreate', delayMs: 3_000 },
    ],
    [
      'recreates the player after an exception in hls.js',
      failure('otherError', 'internalException'),
      0,
      { kind: 'recreate', delayMs: 1_000 },
    ],
    [
      'recreates the player when the transmuxer is out of memory',
      failure('muxError', 'remuxAllocError'),
      0,
      { kind: 'recreate', delayMs: 1_000 },
    ],
  ])('%s', (_name, what, mediaFailures, expected) => {
    expect(decide(what, mediaFailures)).toEqual(expected);
  });
});

describe('hasDecoderStopped', () => {
  it.each([
    ['is true for an error of the video element', failure('mediaError', 'decodeError'), true],
    [
      'is true for the reset that hls.js does by itself',
      failure('mediaError', 'mediaSourceRequiresReset', { fatal: false }),
      true,
    ],
    ['is false for a short stall', failure('mediaError', 'bufferStalledError', { fatal: false }), false],
    ['is false for a network error', failure('networkError', 'levelLoadError'), false],
  ])('%s', (_name, what, expected) => {
    expect(hasDecoderStopped(what)).toBe(expected);
  });
});
