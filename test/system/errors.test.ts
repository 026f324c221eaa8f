import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ErrorCode, ErrorParams } from '../../src/domain/errors.ts';
import { sentence } from '../../src/words/sentence.ts';
import { DataDirs } from '../fakes/data-dir.ts';
import { type RunningApp, startApp } from '../fakes/running-app.ts';
import { TsSource } from '../fakes/ts-source.ts';
import { FakePanel, type LiveHandler, type PanelFault } from '../fakes/xtream-panel.ts';

// The tests start many servers at the same time.
vi.setConfig({ testTimeout: 40_000 });

let dataDirs: DataDirs;
let source: TsSource;
beforeAll(async () => {
  [dataDirs, source] = await Promise.all([DataDirs.create(), TsSource.render()]);
}, 60_000);
afterAll(async () => {
  source?.stop();
  await dataDirs?.remove();
});

const GOOD = 1;
const BAD = 2;
const channels = [
  { id: GOOD, name: 'Good' },
  { id: BAD, name: 'Bad' },
];

/** Runs a test with a panel and a server on it, and stops both. */
async function withServer(
  prepare: (panel: FakePanel) => void | Promise<void>,
  test: (server: RunningApp, panel: FakePanel) => Promise<void>,
): Promise<void> {
  const panel = await FakePanel.start({ channels, username: 'subscriber-7', password: 'hush-hush-7' });
  panel.live.set(GOOD, source.serve);
  const { url } = panel;
  await prepare(panel);
  const server = await startApp(await dataDirs.next(), {
    XTREAM_URL: url,
    XTREAM_USERNAME: panel.username,
    XTREAM_PASSWORD: panel.password,
  });
  try {
    await test(server, panel);
  } finally {
    await server.app.stop();
    await panel.stop();
  }
}

/** Polls a check; expect.poll mixes up concurrent tests. */
const eventually = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 20_000 });

async function catalogueIsThere(server: RunningApp): Promise<void> {
  await eventually(async () => expect((await server.get('/api/channels')).body.total).toBe(channels.length));
}

/** How many lines of the log are exactly this sentence. */
function timesLogged(server: RunningApp, code: ErrorCode, params: ErrorParams): number {
  const text = sentence('en', code, params);
  return server.log().filter(({ msg }) => msg === text).length;
}

const status =
  (code: number): LiveHandler =>
  (_request, response) =>
    response.writeHead(code).end();
const body =
  (type: string, text: string): LiveHandler =>
  (_request, response) =>
    response.writeHead(200, { 'content-type': type }).end(text);

describe.concurrent('a channel that', () => {
  // The slow cases come first, so that they wait concurrently.
  it.each<[string, LiveHandler | null, ErrorCode, ErrorParams, number]>([
    ['sends nothing', (_, response) => response.writeHead(200).flushHeaders(), 'channel_silent', {}, 504],
    ['never answers', () => {}, 'channel_silent', {}, 504],
    ['is not for this account', status(403), 'channel_refused', { status: 403 }, 502],
    ['is on a line in use, as some say', status(458), 'line_in_use', { status: 458 }, 503],
    ['is not there', null, 'channel_dead', { status: 404 }, 502],
    ['ends before it has begun', status(200), 'channel_silent', {}, 504],
    [
      'is a web page',
      body('video/mp2t', '\n<!DOCTYPE html><html><title>Expired</title></html>'),
      'channel_web_page',
      {},
      502,
    ],
    ['is JSON', body('application/json', '{"user_info":{"auth":0}}'), 'channel_not_video', {}, 502],
    ['is noise', body('video/mp2t', 'no television '.repeat(500)), 'channel_not_video', {}, 502],
    ['has a broken server', status(500), 'provider_status', { status: 500 }, 502],
    ['is hung up on', (request) => request.socket.destroy(), 'provider_unreachable', {}, 502],
  ])(
    '%s is reported in one sentence, and the next channel plays',
    async (_, handler, code, params, httpStatus) => {
      await withServer(
        (panel) => {
          if (handler) panel.live.set(BAD, handler);
        },
        async (server) => {
          await catalogueIsThere(server);
          const refused = await server.post('/set_active_stream', { channel_id: BAD }, 'fr');
          expect(refused).toEqual({
            status: httpStatus,
            body: { error: { code, message: sentence('fr', code, params) } },
          });
          expect(timesLogged(server, code, params)).toBe(1);
          for (const language of ['en', 'fr'] as const) {
            expect((await server.get('/stream_status', language)).body).toMatchObject({
              state: 'idle',
              active: false,
              channel_id: null,
              reason: { code, message: sentence(language, code, params) },
            });
          }

          const played = await server.post('/set_active_stream', { channel_id: GOOD });
          expect(played).toMatchObject({
            status: 200,
            body: { state: 'live', channel_id: GOOD, channel_name: 'Good', reason: null },
          });
          const { body: playlist } = await server.get('/live/index.m3u8');
          const first = `seg/${played.body.first_segment}.ts`;
          expect(playlist).toContain(`\n${first}\n`);
          const segment = await fetch(`${server.url}/live/${first}`);
          const bytes = Buffer.from(await segment.arrayBuffer());
          expect(bytes.length % 188).toBe(0);
          expect(bytes[0]).toBe(0x47);
        },
      );
    },
    40_000,
  );
});

describe.concurrent('an account that', () => {
  const fault = (kind: PanelFault) => (panel: FakePanel) => {
    panel.fault = kind;
  };
  // As with real panels, the login gives the reason and all else is only refused.
  const expired = (panel: FakePanel) => {
    panel.fault = 'expired';
    for (const action of ['get_live_categories', 'get_live_streams'])
      panel.overrides.set(action, { status: 403, body: '' });
  };
  type Case = [string, (panel: FakePanel) => void | Promise<void>, ErrorCode, ErrorParams];
  const cases: Case[] = [
    ['is wrong', fault('auth0'), 'account_refused', {}],
    ['has expired', expired, 'account_expired', {}],
    ['is behind a web page', fault('html'), 'provider_garbage', {}],
    ['is behind a broken server', fault('unavailable'), 'provider_status', { status: 503 }],
    ['is behind a server that is down', (panel) => panel.stop(), 'provider_unreachable', {}],
  ];

  const blocked: Case = ['is blocked', fault('banned'), 'account_disabled', { status: 'Banned' }];

  async function isLogged(_: string, prepare: Case[1], code: ErrorCode, params: ErrorParams): Promise<void> {
    await withServer(prepare, async (server) => {
      await eventually(() => expect(timesLogged(server, code, params)).toBe(1));
      expect((await server.get('/health')).status).toBe(200);
      expect((await server.get('/live.m3u8')).status).toBe(200);
      expect((await server.get('/live/index.m3u8')).body).toContain('#EXTINF');
      expect((await server.get('/api/channels')).body).toMatchObject({ items: [], total: 0 });
    });
  }
  it.each(cases)('%s is logged in one sentence, and viewers see the slate', isLogged);
  it.each([blocked])('%s is logged in one sentence, and viewers see the slate', isLogged);

  it.each(cases)('%s is reported to a person who requests a channel', async (_, prepare, code, params) => {
    await withServer(prepare, async (server) => {
      await eventually(() => expect(timesLogged(server, code, params)).toBe(1));
      for (const language of ['en', 'fr'] as const) {
        await eventually(async () =>
          expect(await server.post('/set_active_stream', { channel_id: GOOD }, language)).toMatchObject({
            body: { error: { code, message: sentence(language, code, params) } },
          }),
        );
      }
    });
  });
});
