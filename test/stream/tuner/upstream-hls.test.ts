import { createCipheriv } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readHls } from '../../../src/stream/tuner/upstream-hls.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { mainId } from '../../fakes/main-id.ts';
import { type Answer, Origin, says } from '../../fakes/origin.ts';

const TARGET = 4;

let origin: Origin;
let clock: FakeClock;
let abort: AbortController;

beforeEach(async () => {
  origin = await new Origin().start();
  clock = new FakeClock();
  abort = new AbortController();
});
afterEach(async () => {
  abort.abort();
  await origin.stop();
});

describe('readHls', () => {
  it('starts three segments behind the edge', async () => {
    serve(() => playlist(10, 6));
    const got = read();
    await eventually(() => expect(got.text()).toBe('<13><14><15>'));
  });

  it('reads a chunked playlist whose chunk lines end in LF only', async () => {
    let first = 10;
    origin.answer((request, response) => {
      const path = request.url ?? '';
      const body = path.endsWith('.m3u8') ? playlist(first, 4) : `<${/(\d+)\.ts/.exec(path)?.[1]}>`;
      const size = body.length.toString(16);
      response.socket?.end(`HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n${size}\n${body}\n0\n\n`);
    });
    const got = read();
    await eventually(() => expect(got.text()).toBe('<11><12><13>'));
    first = 14;
    await next();
    await eventually(() => expect(got.text()).toBe('<11><12><13><14><15><16><17>'));
  });

  it('requests a playlist again that breaks off within a line', async () => {
    let isBroken = true;
    origin.answer((request, response) => {
      const path = request.url ?? '';
      const body = path.endsWith('.m3u8') ? playlist(10, 4) : `<${/(\d+)\.ts/.exec(path)?.[1]}>`;
      if (!isBroken || !path.endsWith('.m3u8')) response.end(body);
      else
        response
          .writeHead(200, { 'content-length': '1000' })
          .write(body.slice(0, -2), () => response.destroy());
    });
    const broken = read();
    expect(await broken.over).toMatch(/ECONNRESET/);
    isBroken = false;
    const got = read();
    await eventually(() => expect(got.text()).toBe('<11><12><13>'));
  });

  it('starts with the first segment of a shorter playlist', async () => {
    serve(() => playlist(10, 2));
    const got = read();
    await eventually(() => expect(got.text()).toBe('<10><11>'));
  });

  it('reads every segment once as the window moves on', async () => {
    let first = 0;
    serve(() => playlist(first, 5));
    const got = read();
    await eventually(() => expect(got.text()).toBe('<2><3><4>'));
    for (first = 1; first <= 4; first += 1) await next();
    await eventually(() => expect(got.text()).toBe('<2><3><4><5><6><7><8>'));
  });

  it('waits a target duration after a new segment, and half of it otherwise', async () => {
    serve(() => playlist(0, 5));
    const got = read();
    await eventually(() => expect(got.text()).toBe('<2><3><4>'));
    const loads = () => origin.requests.filter((path) => path.endsWith('.m3u8')).length;
    await clock.advance(TARGET * 1000 - 1);
    expect(loads()).toBe(1);
    await clock.advance(1);
    await eventually(() => expect(loads()).toBe(2));
    await eventually(() => expect(clock.pending).toBe(1));
    await clock.advance(TARGET * 500);
    await eventually(() => expect(loads()).toBe(3));
  });

  it('continues with the oldest listed segment after too long a pause', async () => {
    let first = 0;
    serve(() => playlist(first, 3));
    const got = read();
    await eventually(() => expect(got.text()).toBe('<0><1><2>'));
    first = 40;
    await next();
    await eventually(() => expect(got.text()).toBe('<0><1><2><40><41><42>'));
  });

  it('starts over if the provider’s numbers start over', async () => {
    let first = 900;
    serve(() => playlist(first, 4));
    const got = read();
    await eventually(() => expect(got.text()).toBe('<901><902><903>'));
    first = 0;
    await next();
    await eventually(() => expect(got.text()).toBe('<901><902><903><1><2><3>'));
  });

  it('repeats no segment if a playlist lags slightly behind the last one', async () => {
    let first = 10;
    serve(() => playlist(first, 5));
    const got = read();
    await eventually(() => expect(got.text()).toBe('<12><13><14>'));
    // Another server of the provider's, a segment late.
    first = 9;
    await next();
    first = 11;
    await next();
    await eventually(() => expect(got.text()).toContain('<15>'));
    expect(got.text()).toBe('<12><13><14><15>');
  });

  it('ends with the playlist', async () => {
    serve(() => `${playlist(0, 5)}#EXT-X-ENDLIST\n`);
    const got = read();
    await expect(got.over).resolves.toBe('ended');
    expect(got.text()).toBe('<2><3><4>');
  });

  it('fails when the playlist has stopped', async () => {
    serve(() => playlist(0, 5));
    const got = read();
    const over = vi.fn();
    void got.over.then(over);
    for (let round = 0; round < 9 && over.mock.calls.length === 0; round++) await next();
    await expect(got.over).resolves.toBe('channel_stalled');
  });

  it('takes the best variant', async () => {
    const variants = [
      ['#EXT-X-STREAM-INF:BANDWIDTH=800000', 'low/index.m3u8'],
      ['#EXT-X-STREAM-INF:BANDWIDTH=5000000', 'high/index.m3u8'],
      ['#EXT-X-STREAM-INF:BANDWIDTH=2000000', 'mid/index.m3u8'],
    ];
    serve((path) =>
      path === '/index.m3u8' ? ['#EXTM3U', ...variants.flat(), ''].join('\n') : playlist(0, 3),
    );
    const got = read();
    await eventually(() => expect(got.text()).toBe('<0><1><2>'));
    expect(origin.requests.slice(0, 3)).toEqual(['/index.m3u8', '/high/index.m3u8', '/high/0.ts']);
  });

  it('reads a segment once if the playlist’s numbers make no sense', async () => {
    serve(() => playlist(0, 3).replace('MEDIA-SEQUENCE:0', 'MEDIA-SEQUENCE:Infinity'));
    const got = read();
    await eventually(() => expect(got.text()).toBe('<0><1><2>'));
    await next();
    await next();
    expect(got.text()).toBe('<0><1><2>');
  });

  it('takes the next best variant if the best one is refused', async () => {
    const variants = [
      '#EXT-X-STREAM-INF:BANDWIDTH=2',
      'high.m3u8',
      '#EXT-X-STREAM-INF:BANDWIDTH=1',
      'low/low.m3u8',
    ];
    const live = respond((path) =>
      path === '/index.m3u8' ? `#EXTM3U\n${variants.join('\n')}\n` : playlist(0, 3),
    );
    origin.answer((request, response) => {
      (request.url === '/high.m3u8' ? says(404) : live)(request, response);
    });
    const got = read();
    await eventually(() => expect(got.text()).toBe('<0><1><2>'));
    expect(origin.requests).toContain('/low/0.ts');
  });

  it('leaves out variants for fast forward, whatever their bandwidth', async () => {
    const lines = [
      '#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=9000000,URI="keyframes.m3u8"',
      '#EXT-X-STREAM-INF:BANDWIDTH=1',
      'low.m3u8',
    ];
    serve((path) => (path === '/index.m3u8' ? `#EXTM3U\n${lines.join('\n')}\n` : playlist(0, 3)));
    const got = read();
    await eventually(() => expect(got.text()).toBe('<0><1><2>'));
    expect(origin.requests).not.toContain('/keyframes.m3u8');
  });

  it('resolves segments against the address after a redirect', async () => {
    origin.answer((request, response) => {
      const path = request.url ?? '';
      if (path === '/index.m3u8')
        return says(302, '', { location: '/hls/token/list.m3u8' })(request, response);
      if (!path.startsWith('/hls/token/')) return says(404)(request, response);
      respond(() => playlist(0, 3))(request, response);
    });
    const got = read();
    await eventually(() => expect(got.text()).toBe('<0><1><2>'));
  });

  it.each<[string, () => string, string]>([
    [
      'encryption within frames',
      () => playlist(0, 3).replace('#EXTINF', '#EXT-X-KEY:METHOD=SAMPLE-AES,URI="k"\n#EXTINF'),
      'channel_scrambled',
    ],
    ['a web page', () => '\n<html>', 'channel_web_page'],
    ['plain text', () => 'User banned', 'channel_not_video'],
    ['an empty answer', () => '', 'channel_not_video'],
    ['an endless text', () => `#EXTM3U\n${'#'.repeat(1_100_000)}`, 'channel_not_video'],
    [
      'a master playlist without variants',
      () => '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n',
      'channel_not_video',
    ],
  ])('refuses %s', async (_, text, code) => {
    serve(text);
    await expect(read().over).resolves.toBe(code);
  });

  it('reads a playlist with the key method NONE', async () => {
    serve(() => playlist(0, 3).replace('#EXTINF', '#EXT-X-KEY:METHOD=NONE\n#EXTINF'));
    const got = read();
    await eventually(() => expect(got.text()).toBe('<0><1><2>'));
  });

  it.each([
    ['the segment’s number', '', (number: number) => number],
    ['the playlist', ',IV=0x00000000000000000000000000000063', () => 99],
  ])(
    'decrypts AES-128 with the vector from %s, and requests the key once',
    async (_, attribute, vectorOf) => {
      const key = Buffer.alloc(16, 7);
      origin.answer((request, response) => {
        const path = request.url ?? '';
        const number = Number(/(\d+)\.ts/.exec(path)?.[1]);
        if (path.endsWith('key')) response.end(key);
        else if (path.endsWith('.ts')) response.end(encrypt(`<${number}>`, key, vectorOf(number)));
        else
          response.end(
            playlist(3, 3).replace('#EXTINF', `#EXT-X-KEY:METHOD=AES-128,URI="key"${attribute}\n#EXTINF`),
          );
      });
      const got = read();
      await eventually(() => expect(got.text()).toBe('<3><4><5>'));
      expect(origin.requests.filter((path) => path.endsWith('key'))).toHaveLength(1);
    },
  );

  it.each([true, false])('reads only the byte range of a file, server supports ranges: %s', async (knows) => {
    const file = Buffer.from('aaabbbbcc');
    const list = playlist(0, 3)
      .split('\n')
      .filter((line) => !line.endsWith('.ts'));
    let at = 0;
    const ranges = ['3@0', '4@3', '2@7'];
    const text = list.map((line) =>
      line.startsWith('#EXTINF') ? `${line}\n#EXT-X-BYTERANGE:${ranges[at++]}\nall.mts` : line,
    );
    origin.answer((request, response) => {
      const wanted = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? '');
      if (request.url?.endsWith('.m3u8')) response.end(text.join('\n').replace('VERSION:3', 'VERSION:4'));
      else if (!wanted || !knows) response.end(file);
      else response.writeHead(206).end(file.subarray(Number(wanted[1]), Number(wanted[2]) + 1));
    });
    const got = read();
    await eventually(() => expect(got.text()).toBe('aaabbbbcc'));
  });

  it('delivers the initialisation section of fMP4 once, as a new beginning', async () => {
    serve(() => playlist(0, 3).replace('#EXTINF', '#EXT-X-MAP:URI="init8.ts"\n#EXTINF'));
    const got = read();
    await eventually(() => expect(got.text()).toBe('|<8><0><1><2>'));
  });

  it('skips a missing segment, but fails if all are missing', async () => {
    const missing = new Set(['/4.ts']);
    origin.answer((request, response) => {
      if (missing.has(request.url ?? '')) response.writeHead(404).end();
      else respond(() => playlist(3, 3))(request, response);
    });
    const got = read();
    await eventually(() => expect(got.text()).toBe('<3><5>'));
    for (const number of [3, 5]) missing.add(`/${number}.ts`);
    await expect(read().over).resolves.toBe('refused 404');
  });

  it('requests a playlist again after one failure, and repeats no segment', async () => {
    let first = 0;
    let fails = false;
    origin.answer((request, response) => {
      const fail = fails && request.url?.endsWith('.m3u8');
      fails &&= !fail;
      if (fail) response.writeHead(503).end();
      else respond(() => playlist(first, 3))(request, response);
    });
    const got = read();
    await eventually(() => expect(got.text()).toBe('<0><1><2>'));
    [first, fails] = [1, true];
    await next();
    expect(got.text()).toBe('<0><1><2>');
    await clock.advance(1_000);
    await eventually(() => expect(got.text()).toBe('<0><1><2><3>'));
  });

  it('does not follow variants in a loop', async () => {
    serve(() => '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nindex.m3u8\n');
    await expect(read().over).resolves.toBe('channel_not_video');
    expect(origin.requests.length).toBeLessThan(20);
  });

  it('pauses between requests if the playlist has no target duration', async () => {
    serve(() => playlist(0, 3).replace(/#EXT-X-TARGETDURATION.*\n/, ''));
    const got = read();
    await Promise.race([got.over, new Promise((resolve) => setTimeout(resolve, 50))]);
    for (let round = 0; round < 5; round++) await clock.advance(1);
    expect(origin.requests.filter((path) => path.endsWith('.m3u8')).length).toBeLessThan(3);
  });

  it('writes nothing to the console', async () => {
    const spies = (['log', 'warn', 'error'] as const).map((level) =>
      vi.spyOn(console, level).mockReturnValue(),
    );
    serve(() => playlist(0, 3).replace('VERSION:3', 'VERSION:1').replace('4.000', '99'));
    const got = read();
    await Promise.race([got.over, eventually(() => expect(got.text()).not.toBe(''))]);
    for (const spy of spies) expect(spy).not.toHaveBeenCalled();
  });

  it.each([404, 500])('reports a %i as a refusal', async (status) => {
    origin.answer(says(status));
    await expect(read().over).resolves.toBe(`refused ${status}`);
  });

  it('ends with the signal, even between two playlists', async () => {
    serve(() => playlist(0, 5));
    const got = read();
    await eventually(() => expect(clock.pending).toBe(1));
    abort.abort(new Error('gone'));
    await expect(got.over).resolves.toBe('gone');
    expect(clock.pending).toBe(0);
  });
});

function eventually(assertion: () => void): Promise<void> {
  return vi.waitFor(assertion, { interval: 2, timeout: 500 });
}

/** Lets the pause before the next playlist pass, once it has begun. */
async function next(): Promise<void> {
  await eventually(() => expect(clock.pending).toBe(1));
  const loads = origin.requests.length;
  await clock.advance(TARGET * 1000);
  await eventually(() => {
    expect(origin.requests.length).toBeGreaterThan(loads);
    expect(clock.pending).toBe(1);
  }).catch(() => {});
}

function serve(text: (path: string) => string): void {
  origin.answer(respond(text));
}

/** A segment is its own number in angle brackets. */
function respond(text: (path: string) => string): Answer {
  return (request, response) => {
    const path = request.url ?? '';
    response.end(path.endsWith('.m3u8') ? text(path) : `<${/(\d+)\.ts/.exec(path)?.[1]}>`);
  };
}

function playlist(first: number, count: number): string {
  const segments = Array.from({ length: count }, (_, index) => `#EXTINF:4.000,\n${first + index}.ts\n`);
  return `#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:${TARGET}\n#EXT-X-MEDIA-SEQUENCE:${first}\n${segments.join('')}`;
}

function encrypt(text: string, key: Buffer, vector: number): Buffer {
  const iv = Buffer.alloc(16);
  iv.writeUInt32BE(vector, 12);
  const cipher = createCipheriv('aes-128-cbc', key, iv);
  return Buffer.concat([cipher.update(text), cipher.final()]);
}

function read() {
  let text = '';
  const { http } = origin;
  const source = {
    channelId: mainId(1),
    url: origin.url('/index.m3u8'),
    format: 'm3u8',
    userAgent: 'Player/1',
  } as const;
  const options = { http, signal: abort.signal, timeouts: { firstByte: 2_000, silence: 2_000 }, clock };
  const over = (async () => {
    for await (const part of readHls(source, options)) text += part?.toString() ?? '|';
    return 'ended';
  })().catch((error: unknown) => {
    const { code, status, message } = error as { code?: string; status?: number; message: string };
    return code ?? (status ? `refused ${status}` : message);
  });
  return { text: () => text, over };
}
