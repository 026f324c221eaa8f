import Fastify, { type FastifyInstance, type FastifyRequest, type InjectOptions } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { mainAccount } from '../../src/domain/ids.ts';
import { typedUrl } from '../../src/http/addresses.ts';
import { registerErrors } from '../../src/http/errors.ts';
import { openOnly } from '../../src/http/may-watch.ts';
import { hostCheck } from '../../src/http/plugins/host-check.ts';
import { sameOriginOnly } from '../../src/http/plugins/same-origin.ts';
import { routerOptions } from '../../src/http/router-options.ts';
import { CLIENT_PREFIX, ClientRequests } from '../../src/outputs/client-requests.ts';
import { hdHomeRunOutput } from '../../src/outputs/hdhomerun.ts';
import { tunersWith } from '../../src/outputs/hdhomerun-documents.ts';
import { openScreens } from '../../src/outputs/offer.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { JellyfinHdHomeRun } from '../fakes/jellyfin-hdhomerun.ts';
import { silentLogger } from '../fakes/silent-logger.ts';
import { channelEntry, lineUpOf } from '../fakes/some-line-up.ts';

interface Options {
  readonly publicUrl?: string;
  readonly trustProxy?: boolean;
  readonly isPublic?: boolean;
  readonly lineUp?: ReturnType<typeof lineUpOf>;
  readonly free?: number;
}

const someClient = { id: 1, name: 'TV', kind: 'jellyfin', createdAt: 0, lastUsedAt: null } as const;
const TOKEN = 'Ab3dEf6hIj9kLm2nOp5qRs8t';
const someLineUp = lineUpOf(channelEntry(100, 'TF1', true), channelEntry(123, '5 "USA" & <more>, 3\u0007'));
const HOST = '192.168.1.20:8002';
const BASE = `http://${HOST}`;

let app: FastifyInstance;
afterEach(() => app.close());

/** A server of these addresses alone, with all that stands in front of them. */
async function start(options: Options = {}): Promise<FastifyInstance> {
  const { publicUrl = null, trustProxy = false, isPublic = true, lineUp = someLineUp, free = 1 } = options;
  app = Fastify({ trustProxy, routerOptions });
  const machine = { bots: () => ({ discord: 'off', telegram: 'off' }) } as never;
  registerErrors(app, {
    ...{ machine, logger: silentLogger, language: 'en', discordLogin: null },
    ownAccount: { id: mainAccount },
  });
  app.addHook('onRequest', hostCheck({ publicUrl }));
  app.addHook('onRequest', sameOriginOnly({ publicUrl }));
  const tuner = { deviceId: '10ABCDE1', tunerCount: () => tunersWith({ free }) };
  const baseUrl = (request: FastifyRequest) => typedUrl(request, publicUrl);
  await app.register(
    hdHomeRunOutput({
      ...tuner,
      baseUrl,
      channels: openScreens(lineUp),
      checkViewer: openOnly({ isPublic }),
    }),
  );
  const clients = { byToken: (token: string) => (token === TOKEN ? someClient : null) };
  const requests = new ClientRequests({ clients, baseUrl, clock: new FakeClock() });
  await app.register(
    hdHomeRunOutput({
      ...tuner,
      baseUrl: (request) => requests.baseUrl(request),
      channels: lineUp,
      checkViewer: (request) => void requests.clientOf(request),
    }),
    { prefix: CLIENT_PREFIX },
  );
  await app.ready();
  return app;
}

const ask = (url: string, more: Partial<InjectOptions> = {}) =>
  app.inject({ url, ...more, headers: { host: HOST, ...more.headers } });

describe('the tuner', () => {
  it('says what it is', async () => {
    await start({ free: 3 });
    const response = await ask('/discover.json');
    expect(response.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(response.json()).toEqual({
      FriendlyName: 'Zapette',
      ModelNumber: 'HDHR5-4US',
      FirmwareName: 'hdhomerun5_atsc',
      FirmwareVersion: '20250101',
      DeviceID: '10ABCDE1',
      DeviceAuth: 'zapette',
      BaseURL: BASE,
      LineupURL: `${BASE}/lineup.json`,
      TunerCount: 3,
    });
  });

  it('offers the screens alone at the root', async () => {
    await start();
    expect((await ask('/lineup.json')).json()).toEqual([
      {
        GuideNumber: '1',
        GuideName: 'Zapette live',
        VideoCodec: 'H264',
        AudioCodec: 'AAC',
        HD: 1,
        Favorite: 0,
        URL: `${BASE}/live.ts`,
      },
    ]);
    expect((await ask('/auto/v1')).headers.location).toBe(`${BASE}/live.ts`);
    expect((await ask('/auto/v100')).statusCode).toBe(404);
  });

  it('offers a device with a token all channels, with the token in every address', async () => {
    await start();
    const base = `${BASE}/t/${TOKEN}`;
    expect((await ask(`/t/${TOKEN}/discover.json`)).json()).toMatchObject({
      BaseURL: base,
      LineupURL: `${base}/lineup.json`,
    });
    const lineUp = (await ask(`/t/${TOKEN}/lineup.json`)).json();
    expect(lineUp).toHaveLength(3);
    expect(lineUp[0].URL).toBe(`${base}/live.ts`);
    // What codecs a channel has is not known before it is opened.
    expect(lineUp[1]).toEqual({
      ...{ GuideNumber: '100', GuideName: 'TF1', HD: 1, Favorite: 0 },
      URL: `${base}/ch/100.ts`,
    });
    expect(lineUp[2]).toMatchObject({ GuideNumber: '123', HD: 0 });
    expect((await ask(`/t/${TOKEN}/auto/v123`)).headers.location).toBe(`${base}/ch/123.ts`);
  });

  it('answers a scan, whatever is asked and sent along', async () => {
    await start();
    for (const url of [
      '/lineup.post?scan=start',
      '/lineup.post?scan=abort',
      '/lineup.post?scan=start&source=Antenna',
      '/lineup.post',
    ])
      for (const more of [
        { method: 'GET' as const },
        { method: 'POST' as const },
        { method: 'POST' as const, payload: 'no JSON', headers: { 'content-type': 'application/json' } },
        { method: 'POST' as const, payload: 'a=b', headers: { 'content-type': 'text/odd' } },
      ]) {
        const { statusCode, rawPayload } = await ask(url, more);
        expect([url, statusCode, rawPayload.length]).toEqual([url, 200, 0]);
      }
    expect((await ask('/lineup_status.json')).json()).toEqual({
      ...{ ScanInProgress: 0, ScanPossible: 1, Source: 'Cable', SourceList: ['Cable'] },
    });
  });

  it('is a device of UPnP with a stable id', async () => {
    await start();
    const response = await ask('/device.xml');
    expect(response.headers['content-type']).toBe('application/xml; charset=utf-8');
    expect(response.body).toContain(`<URLBase>${BASE}</URLBase>`);
    expect(response.body).toContain('<UDN>uuid:2f70c0d7-90a3-4cee-9c64-000010abcde1</UDN>');
    expect((await ask('/capability')).body).toBe(response.body);
  });

  it('writes names as each form can take them', async () => {
    await start();
    const xml = (await ask(`/t/${TOKEN}/lineup.xml`)).body;
    expect(xml).toContain('<GuideName>5 &quot;USA&quot; &amp; &lt;more&gt;, 3</GuideName>');
    expect(xml).toContain(`<URL>${BASE}/t/${TOKEN}/ch/123.ts</URL>`);
    const m3u = (await ask(`/t/${TOKEN}/lineup.m3u`)).body.split('\n');
    expect(m3u[0]).toBe('#EXTM3U');
    expect(m3u[2]).toBe(`${BASE}/t/${TOKEN}/live.ts`);
    expect(m3u.filter((line) => line.startsWith('#EXTINF'))).toHaveLength(3);
  });

  it('sends a long list as a whole', async () => {
    const channels = Array.from({ length: 20_000 }, (_, index) =>
      channelEntry(100 + index, `Channel ${index}`),
    );
    await start({ lineUp: lineUpOf(...channels) });
    const lineUp = (await ask(`/t/${TOKEN}/lineup.json`)).json();
    expect(lineUp.map(({ GuideNumber }: { GuideNumber: string }) => GuideNumber)).toEqual([
      '1',
      ...channels.map(({ number }) => `${number}`),
    ]);
    expect((await ask(`/t/${TOKEN}/lineup.xml`)).body.match(/<Program>/g)).toHaveLength(20_001);
  });

  it('is at no address without a token where watching needs a key', async () => {
    await start({ isPublic: false });
    for (const path of [
      '/discover.json',
      '/lineup.json?key=abc',
      '/device.xml',
      '/auto/v1',
      '/lineup.post',
    ]) {
      const response = await ask(path, { headers: { accept: 'text/html' } });
      expect(response.statusCode).toBe(403);
      expect(response.json().error.message).toContain('Televisions and players');
    }
    expect((await ask(`/t/${TOKEN}/discover.json`)).statusCode).toBe(200);
    expect((await ask('/t/wrong/discover.json')).statusCode).toBe(404);
  });
});

describe('a Jellyfin server', () => {
  it('adds the tuner and gets its channels, with and without a token', async () => {
    await start();
    const origin = await app.listen({ host: '127.0.0.1', port: 0 });
    for (const [typed, channels] of [
      [origin, ['hdhr_1']],
      [origin.replace('http://', ''), ['hdhr_1']],
      [`${origin}/t/${TOKEN}/`, ['hdhr_1', 'hdhr_100', 'hdhr_123']],
    ] as const) {
      const jellyfin = new JellyfinHdHomeRun(typed);
      expect(await jellyfin.add()).toEqual({ name: 'Zapette', deviceId: '10ABCDE1', tuners: 2 });
      expect((await jellyfin.channels()).map(({ id }) => id)).toEqual(channels);
    }
    const jellyfin = new JellyfinHdHomeRun(`${origin}/t/${TOKEN}`);
    await jellyfin.channels();
    // It asks for no transcoding, and reckons with what HD needs only where it is HD.
    expect(await jellyfin.source('hdhr_100')).toEqual({
      ...{ url: `${origin}/t/${TOKEN}/ch/100.ts`, bitrate: 15_000_000, transcodings: [] },
    });
    expect((await jellyfin.source('hdhr_123')).bitrate).toBe(2_000_000);
  });

  it('is told that there is none where it needs a token', async () => {
    await start({ isPublic: false });
    const origin = await app.listen({ host: '127.0.0.1', port: 0 });
    await expect(new JellyfinHdHomeRun(origin).add()).rejects.toThrow('403');
  });
});

const publicUrl = 'https://tv.example.org/here';
/** What a device asks with, and our address in the answer; a number is the status of a refusal. */
const asked: [headers: Record<string, string>, options: Options, expected: string | number][] = [
  [{ host: HOST }, {}, BASE],
  [{ host: HOST }, { publicUrl }, BASE],
  [{ host: '192.168.1.20' }, {}, 'http://192.168.1.20'],
  [{ host: '192.168.1.20:80' }, {}, 'http://192.168.1.20'],
  [{ host: 'localhost:8002' }, {}, 'http://localhost:8002'],
  // As Jellyfin on the same machine asks: PUBLIC_URL may not be reachable from inside.
  [{ host: 'localhost:8002' }, { publicUrl }, 'http://localhost:8002'],
  [{ host: 'ZAPETTE:8002' }, { publicUrl }, 'http://zapette:8002'],
  [{ host: 'NAS.Local.:8002' }, {}, 'http://nas.local.:8002'],
  [{ host: '[fd00::20]:8002' }, {}, 'http://[fd00::20]:8002'],
  [{ host: '[::1]:8002' }, {}, 'http://[::1]:8002'],
  [{ host: 'TV.Example.ORG' }, { publicUrl }, 'http://tv.example.org'],
  [{ host: 'tv.example.org', 'x-forwarded-proto': 'https' }, { publicUrl }, publicUrl],
  [{ host: 'tv.example.org', 'x-forwarded-proto': 'https' }, { publicUrl, trustProxy: true }, publicUrl],
  [
    { host: HOST, 'x-forwarded-for': '10.0.0.9', 'x-forwarded-host': HOST, 'x-forwarded-proto': 'https' },
    { trustProxy: true },
    `https://${HOST}`,
  ],
  // A proxy that nobody trusts decides nothing.
  [{ host: HOST, 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' }, {}, BASE],
  [{ host: HOST, 'x-forwarded-host': 'evil.example' }, { publicUrl }, publicUrl],
  [{ host: HOST, forwarded: 'host=evil.example' }, { publicUrl }, publicUrl],
  [{ host: HOST, 'x-forwarded-host': 'evil.example' }, { trustProxy: true }, 421],
  [{ host: HOST, 'x-forwarded-host': '192.168.1.9:81, 10.0.0.1' }, { trustProxy: true }, 'http://10.0.0.1'],
  [{ host: 'evil.example' }, {}, 421],
  [{ host: 'a b' }, {}, 400],
  [{ host: '192.168.1.20/@evil.example' }, {}, 400],
];
const paths = ['/discover.json', '/lineup.json', '/lineup.xml', '/lineup.m3u', '/device.xml', '/auto/v1'];
/** Ways to ask for a document below a prefix. */
const ways: ((prefix: string, path: string) => string)[] = [
  ...['', '/', '?transcode=heavy&tuning&show=found', '/?x=%00&y=<script>'].map(
    (end) => (prefix: string, path: string) => prefix + path + end,
  ),
  (prefix, path) => `/${prefix}/${path}//`,
];

describe('an odd request', () => {
  it.each(asked)('%j with %j get %s', async (headers, options, expected) => {
    await start(options);
    for (const prefix of ['', `/t/${TOKEN}`])
      for (const path of paths)
        for (const way of ways) {
          const url = way(prefix, path);
          const response = await ask(url, { headers: { accept: 'text/html,*/*', ...headers } });
          const { statusCode, body } = response;
          expect(`${response.headers['content-type']}`).not.toContain('html');
          if (typeof expected === 'number') expect([url, statusCode]).toEqual([url, expected]);
          else {
            const addresses =
              `${body} ${response.headers.location ?? ''}`.match(/https?:\/\/[^"<\s]+/g) ?? [];
            expect(addresses.length).toBeGreaterThan(0);
            for (const address of addresses)
              expect(address.slice(0, expected.length + prefix.length)).toBe(expected + prefix);
          }
        }
  });

  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'POST'] as const)('%s changes nothing', async (method) => {
    await start();
    for (const path of paths) {
      const response = await ask(path, { method, headers: { accept: 'text/html' } });
      expect([path, response.statusCode]).toEqual([path, 404]);
      expect(`${response.headers['content-type']}`).not.toContain('html');
    }
  });

  it.each([
    'v',
    'v0',
    'v-1',
    'v1.5',
    'v1e3',
    'v99999999999999999999',
    'ch1',
    '1',
    'vv1',
    '%76%31%00',
    'v٣',
    'v1_2',
  ])('there is no channel %s', async (channel) => {
    await start();
    const response = await ask(`/auto/${channel}`, { headers: { accept: 'text/html' } });
    expect(response.statusCode).toBe(404);
    expect(`${response.headers['content-type']}`).not.toContain('html');
  });

  it('HEAD answers like GET, without a body', async () => {
    await start();
    for (const path of paths) {
      const [head, get] = [await ask(path, { method: 'HEAD' }), await ask(path)];
      expect([path, head.statusCode, head.rawPayload.length]).toEqual([path, get.statusCode, 0]);
      expect(head.headers['content-type']).toBe(get.headers['content-type']);
    }
  });
});
