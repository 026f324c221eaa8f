import { describe, expect, it } from 'vitest';
import { type Action, decide, type Failure, hasDecoderStopped } from '../../src/web/watch/recovery.ts';

const failure = (type: string, details: string, more: Partial<Failure> = {}): Failure => ({
  type,
  details,
  fatal: true,
  status: null,
  ...more,
});

describe('what is done about a failure', () => {
  it.each<[string, Failure, mediaFailures: number, Action]>([
    [
      'hls.js is still trying by itself',
      failure('networkError', 'levelLoadError', { fatal: false }),
      0,
      { kind: 'ignore' },
    ],
    ['a short stall', failure('mediaError', 'bufferStalledError', { fatal: false }), 0, { kind: 'ignore' }],
    [
      'the server is down',
      failure('networkError', 'manifestLoadError', { status: 0 }),
      0,
      { kind: 'reload', delayMs: 1_000 },
    ],
    [
      'a proxy says 502',
      failure('networkError', 'levelLoadError', { status: 502 }),
      0,
      { kind: 'reload', delayMs: 1_000 },
    ],
    [
      'a segment left the window while the page slept',
      failure('networkError', 'fragLoadError', { status: 404 }),
      3,
      { kind: 'reload', delayMs: 1_000 },
    ],
    [
      'no playlist in time',
      failure('networkError', 'manifestLoadTimeOut'),
      0,
      { kind: 'reload', delayMs: 1_000 },
    ],
    [
      'the cookie has run out',
      failure('networkError', 'levelLoadError', { status: 403 }),
      0,
      { kind: 'renew-cookie' },
    ],
    [
      'the cookie has run out for a segment, before hls.js gives up',
      failure('networkError', 'fragLoadError', { status: 403, fatal: false }),
      0,
      { kind: 'renew-cookie' },
    ],
    ['a first decoder error', failure('mediaError', 'decodeError'), 0, { kind: 'skip' }],
    ['a tenth one in a row', failure('mediaError', 'bufferAppendError'), 9, { kind: 'skip' }],
    [
      'an eleventh one in a row',
      failure('mediaError', 'decodeError'),
      10,
      { kind: 'recreate', delayMs: 1_000 },
    ],
    ['one of many', failure('mediaError', 'bufferAppendError'), 40, { kind: 'recreate', delayMs: 5_000 }],
    [
      'a decoder error that hls.js would begin again at',
      failure('mediaError', 'mediaSourceRequiresReset', { fatal: false }),
      0,
      { kind: 'skip' },
    ],
    [
      'the same while the player is about to be made anew',
      failure('mediaError', 'mediaSourceRequiresReset', { fatal: false }),
      10,
      { kind: 'ignore' },
    ],
    [
      'a codec that the browser does not have',
      failure('mediaError', 'bufferAddCodecError'),
      0,
      { kind: 'recreate', delayMs: 3_000 },
    ],
    [
      'a fault of hls.js',
      failure('otherError', 'internalException'),
      0,
      { kind: 'recreate', delayMs: 1_000 },
    ],
    [
      'a transmuxer out of memory',
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
