import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressesInMarkdown, tryAddresses } from './printed-addresses.ts';

const answers: Readonly<Record<string, readonly [type: string, text: string]>> = {
  '/': ['text/html', '<link href="/assets/a.css"><script src="/assets/a.js"></script><a href="/gone-page">'],
  '/assets/a.css': ['text/css', 'b { background: url(gone-picture.png) }'],
  '/assets/a.js': [
    'text/javascript',
    'import"./b.js";d(["assets/gone-chunk.js"]);h("a",{href:"/gone-link"})',
  ],
  '/assets/b.js': [
    'text/javascript',
    'new URL("gone-worker.js",import.meta.url)\n//# sourceMappingURL=gone.map',
  ],
  '/live.m3u8': [
    'application/vnd.apple.mpegurl',
    '#EXTM3U\n#extinf:-1 tvg-logo="/gone-logo.png",Live\nindex.m3u8',
  ],
  '/index.m3u8': ['application/vnd.apple.mpegurl', '#EXTM3U\nhttp://elsewhere.example/1.ts'],
  '/api/info': ['application/json', '{"watch":"http://HOST/gone-watch"}'],
};

let server: Server;
let base: string;
beforeAll(async () => {
  server = createServer((request, response) => {
    const [type, text] = answers[request.url ?? ''] ?? ['text/plain', ''];
    response.statusCode = text === '' ? 404 : 200;
    response.setHeader('content-type', type).end(text.replace('HOST', request.headers.host ?? ''));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

describe('tryAddresses', () => {
  it('finds every broken address in pages, styles, scripts, playlists and answers', async () => {
    const first = ['/', '/live.m3u8', '/api/info'].map((path) => ({ url: base + path, from: 'the test' }));
    const tried = await tryAddresses(first, 'token');
    const missing = tried.filter(({ status }) => status === 404).map(({ url }) => url.slice(base.length));
    expect(missing.sort()).toEqual(
      [
        '/assets/gone-chunk.js',
        '/assets/gone-picture.png',
        '/assets/gone-worker.js',
        '/assets/gone.map',
        '/gone-link',
        '/gone-logo.png',
        '/gone-page',
        '/gone-watch',
      ].sort(),
    );
    expect(tried).toHaveLength(missing.length + Object.keys(answers).length);
  });
});

describe('addressesInMarkdown', () => {
  it.each([
    ['an address', 'Open `/watch?embed=1`.', ['GET /watch?embed=1']],
    ['a method', '`POST /stop_stream` `{"a":1}`', ['POST /stop_stream']],
    ['a call', 'curl -X POST http://127.0.0.1:8002/stop_stream -H x', ['POST /stop_stream']],
    ['a placeholder', '`/vlc/<token>` and `/vlc/`', []],
    ['a command', '`/play tf1`, `/play@bot`, `/newbot`', []],
    ['a folder', '`/etc/zapette.env`', []],
  ])('recognises %s', (_what, text, expected) => {
    const found = addressesInMarkdown(text, { base, from: 'here', isCommand: (name) => name === 'play' });
    expect(found.map(({ url, method = 'GET' }) => `${method} ${url.slice(base.length)}`)).toEqual(expected);
  });
});
