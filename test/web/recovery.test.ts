import { describe, expect, it } from 'vitest';
import { type Action, decide, type Failure } from '../../src/web/watch/recovery.ts';

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
    ['a first decoder error', failure('mediaError', 'bufferAppendError'), 0, { kind: 'recover-media' }],
    ['a second one', failure('mediaError', 'bufferAppendError'), 1, { kind: 'swap-audio-codec' }],
    ['a third one', failure('mediaError', 'bufferAppendError'), 2, { kind: 'recreate', delayMs: 2_000 }],
    ['one of many', failure('mediaError', 'bufferAppendError'), 40, { kind: 'recreate', delayMs: 5_000 }],
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
