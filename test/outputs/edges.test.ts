import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { EdgePrefix } from '../../src/outputs/edges/edge-prefix.ts';
import { Edges } from '../../src/outputs/edges/edges.ts';
import { FakeClock, settle } from '../fakes/fake-clock.ts';
import { bearer, type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';
import { logIn } from '../fakes/people.ts';
import { silentLogger } from '../fakes/silent-logger.ts';

const DAY = 86_400_000;
const EDGE = 'https://edge.example/tv';

describe('EdgePrefix', () => {
  const prefix = new EdgePrefix(() => 'a secret');
  const partsOf = (text: string) => {
    const [, e, sig = '', expires = ''] = text.split('/');
    expect(e).toBe('e');
    return { sig, expires };
  };

  it('is one prefix a day, valid to the end of the next day', () => {
    const morning = 10 * DAY + 1;
    const text = prefix.at(morning);
    expect(prefix.at(11 * DAY - 1)).toBe(text);
    expect(prefix.at(11 * DAY)).not.toBe(text);
    expect(prefix.isValid(partsOf(text), 12 * DAY - 1)).toBe(true);
    expect(prefix.isValid(partsOf(text), 12 * DAY)).toBe(false);
  });

  it('is another one for playlists, of which at most two are valid at a time', () => {
    const day = 45 * DAY;
    const lasting = prefix.lasting(day);
    expect(prefix.lasting(59 * DAY)).toBe(lasting);
    expect(prefix.lasting(60 * DAY)).not.toBe(lasting);
    expect(prefix.isValid(partsOf(lasting), 90 * DAY - 1)).toBe(true);
    expect(prefix.isValid(partsOf(lasting), 90 * DAY)).toBe(false);
    expect(prefix.at(day)).not.toBe(lasting);
  });

  it('is what secure_link of nginx expects', () => {
    const { sig, expires } = partsOf(prefix.at(0));
    expect(sig).toBe(createHash('md5').update(`${expires} a secret`).digest('base64url'));
  });

  it('is not to be forged', () => {
    const { sig, expires } = partsOf(prefix.at(0));
    for (const wrong of [
      { sig: 'x', expires },
      { sig, expires: String(Number(expires) + 86_400) },
      { sig, expires: `0${expires}` },
      { sig, expires: 'NaN' },
      { sig: '', expires: '' },
    ])
      expect([wrong, prefix.isValid(wrong, 0)]).toEqual([wrong, wrong.expires === `0${expires}`]);
    expect(new EdgePrefix(() => 'another').isValid({ sig, expires }, 0)).toBe(false);
  });
});

describe('Edges', () => {
  function make(urls: readonly string[], answers: Map<string, boolean>) {
    const clock = new FakeClock();
    const edges = new Edges({
      urls: () => urls,
      check: async (url) => answers.get(url) ?? true,
      clock,
      logger: silentLogger,
    });
    edges.start();
    return { edges, clock };
  }
  const viewers = Array.from({ length: 1_000 }, (_, at) => `viewer ${at}`);

  it('gives each viewer one edge, in about equal shares', () => {
    const { edges } = make(['https://a', 'https://b', 'https://c'], new Map());
    const shares = Object.groupBy(viewers, (viewer) => edges.edgeOf(viewer) ?? '');
    for (const share of Object.values(shares)) expect(share?.length).toBeGreaterThan(250);
    expect(edges.edgeOf('viewer 1')).toBe(edges.edgeOf('viewer 1'));
  });

  it('moves only the viewers of an edge that fails, and back when it works again', async () => {
    const answers = new Map<string, boolean>();
    const { edges, clock } = make(['https://a', 'https://b', 'https://c'], answers);
    const before = viewers.map((viewer) => edges.edgeOf(viewer));
    answers.set('https://b', false);
    await clock.advance(1_000);
    // One failure may be chance.
    expect(viewers.map((viewer) => edges.edgeOf(viewer))).toEqual(before);
    await clock.advance(1_000);
    const after = viewers.map((viewer) => edges.edgeOf(viewer));
    expect(after).not.toContain('https://b');
    for (const [at, edge] of before.entries()) if (edge !== 'https://b') expect(after[at]).toBe(edge);
    answers.set('https://b', true);
    await clock.advance(9_000);
    expect(viewers.map((viewer) => edges.edgeOf(viewer))).toEqual(after);
    await clock.advance(1_000);
    expect(viewers.map((viewer) => edges.edgeOf(viewer))).toEqual(before);
    edges.stop();
  });

  it('leaves the segments at home while no edge works', async () => {
    const { edges, clock } = make(['https://a'], new Map([['https://a', false]]));
    expect(edges.edgeOf('anybody')).toBe('https://a');
    await clock.advance(1_000);
    expect(edges.edgeOf('anybody')).toBeNull();
    await settle();
    edges.stop();
  });

  it('keeps an edge that loses every other question', async () => {
    const answers = new Map<string, boolean>();
    const { edges, clock } = make(['https://a'], answers);
    for (let at = 0; at < 20; at++) {
      answers.set('https://a', at % 2 === 0);
      await clock.advance(1_000);
      expect(edges.edgeOf('anybody')).toBe('https://a');
    }
    edges.stop();
  });

  it('notices the loss of an edge while another one does not answer', async () => {
    const clock = new FakeClock();
    const isLost = new Set<string>();
    const edges = new Edges({
      urls: () => ['https://silent', 'https://refuses'],
      // The silent one is given up after two seconds.
      check: (url) =>
        new Promise((resolve) => {
          if (url === 'https://silent' && isLost.has(url)) clock.after(2_000, () => resolve(false));
          else resolve(!isLost.has(url));
        }),
      clock,
      logger: silentLogger,
    });
    edges.start();
    await clock.advance(1_000);
    isLost.add('https://silent').add('https://refuses');
    await clock.advance(2_000);
    expect(edges.all).toEqual([
      { url: 'https://silent', works: true },
      { url: 'https://refuses', works: false },
    ]);
    await clock.advance(4_000);
    expect(edges.edgeOf('anybody')).toBeNull();
    edges.stop();
  });
});

describe('the addresses for edges', () => {
  let fake: FakeHttp;
  afterEach(() => fake.stop());
  const get = (url: string, headers: Record<string, string> = {}) => fake.app.inject({ url, headers });
  /** The address of the last segment in a playlist. */
  const lastOf = (playlist: string) => playlist.trim().split('\n').at(-1) ?? '';

  async function start(options: Parameters<typeof startFakeHttp>[0] = {}): Promise<void> {
    fake = await startFakeHttp(options);
    await fake.app.inject({
      method: 'POST',
      url: '/set_active_stream',
      headers: bearer,
      payload: { channel_id: 1 },
    });
  }

  it('are in the playlists of home, without a key, and give the same bytes', async () => {
    await start({ segmentsUrls: [EDGE], key: true });
    const key = fake.context.gate.viewerKey ?? '';
    const playlist = (await get(`/live/index.m3u8?key=${encodeURIComponent(key)}`)).body;
    const address = lastOf(playlist);
    expect(address).toMatch(/^https:\/\/edge\.example\/tv\/e\/[\w-]{22}\/\d+\/live\/\d+\.ts$/);
    expect(playlist).not.toContain(key);
    const path = address.slice(EDGE.length);
    const there = await get(path, { host: 'edge.example' });
    expect(there.statusCode).toBe(200);
    expect(there.headers).toMatchObject({
      'cache-control': 'public, max-age=86400, immutable',
      'access-control-allow-origin': '*',
    });
    expect(there.headers['set-cookie']).toBeUndefined();
    expect(there.headers.vary).toBeUndefined();
    const home = await get(`/live/seg/${path.split('/').at(-1)}?key=${encodeURIComponent(key)}`);
    expect(there.rawPayload).toEqual(home.rawPayload);
  });

  it('refuse what is forged or not there, for nobody to keep', async () => {
    await start({ segmentsUrls: [EDGE] });
    const path = lastOf((await get('/live/index.m3u8')).body).slice(EDGE.length);
    const forged = await get(path.replace(/\/e\/[\w-]{22}/, '/e/AAAAAAAAAAAAAAAAAAAAAA'));
    expect(forged.statusCode).toBe(403);
    const early = await get(path.replace(/\d+\.ts$/, '99999999999.ts'));
    expect(early.statusCode).toBe(404);
    for (const { headers } of [forged, early])
      expect(headers['cache-control']).not.toMatch(/public|max-age=[1-9]/);
  });

  it('lead to no screen that is not for everybody, though its addresses are easily made', async () => {
    await start({ segmentsUrls: ['https://edge.example'], playlistCacheSeconds: 1 });
    const path = new URL(lastOf((await get('/live/index.m3u8')).body)).pathname;
    const folder = path.replace(/[^/]+$/, '');
    const guessed = [path, `${folder}index.m3u8`, `${folder}540p/index.m3u8`];
    for (const url of guessed) expect([url, (await get(url)).statusCode]).toEqual([url, 200]);
    await fake.app.inject({
      method: 'PATCH',
      url: '/api/screens/live',
      headers: bearer,
      payload: { watch: 'controller' },
    });
    for (const url of guessed) expect([url, (await get(url)).statusCode]).toEqual([url, 403]);
    // Whoever may watch it has it from home.
    for (const url of ['/live.m3u8', '/live/auto.m3u8', '/live/index.m3u8']) {
      const { statusCode, body } = await fake.app.inject({ url, headers: logIn(fake, 'controller') });
      expect([url, statusCode, body.includes('edge.example')]).toEqual([url, 200, false]);
    }
  });

  it('have the playlist only where the settings let caches keep it', async () => {
    await start({ segmentsUrls: [EDGE] });
    const folder = lastOf((await get('/live/index.m3u8')).body)
      .slice(EDGE.length)
      .replace(/[^/]+$/, '');
    expect((await get(`${folder}index.m3u8`)).statusCode).toBe(404);
    await fake.stop();
    await start({ segmentsUrls: [EDGE], playlistCacheSeconds: 1 });
    const answer = await get(`${folder}index.m3u8`, { 'user-agent': 'VLC/3.0' });
    expect(answer.headers['cache-control']).toBe(
      'public, max-age=1, stale-while-revalidate=2, stale-if-error=10',
    );
    // Of its own day, by whichever prefix the playlist is asked for.
    expect(lastOf(answer.body)).toMatch(new RegExp(`^${folder}\\d+\\.ts$`));
    expect(answer.body).toContain('#EXT-X-DISCONTINUITY-SEQUENCE');
    expect((await get(`${folder}vlc.m3u8`)).body).not.toContain('#EXT-X-DISCONTINUITY');
  });

  it('hold the playlist of the watch page until it has a segment', async () => {
    await start({ segmentsUrls: [EDGE], playlistCacheSeconds: 1 });
    const last = lastOf((await get('/live/index.m3u8')).body).slice(EDGE.length);
    const number = Number(/(\d+)\.ts$/.exec(last)?.[1]);
    const held = (segment: number) => get(last.replace(/\d+\.ts$/, `page-${segment}.m3u8`));
    const there = await held(number);
    expect([there.statusCode, lastOf(there.body), there.headers['cache-control']]).toEqual([
      ...[200, last, 'public, max-age=10'],
    ]);
    let isAnswered = false;
    const next = held(number + 1).finally(() => {
      isAnswered = true;
    });
    await settle();
    expect(isAnswered).toBe(false);
    await fake.clock.advance(6_000);
    expect((await next).body).toContain(last.replace(`${number}.ts`, `${number + 1}.ts`));
    // Nobody keeps that there is none yet.
    const { statusCode, headers } = await held(fake.screen.broadcast.live.nextSequence + 5);
    expect(statusCode).toBe(404);
    expect(headers['cache-control']).not.toMatch(/public|max-age=[1-9]/);
  });

  it('are in /live.m3u8 where edges keep playlists, for a month or two', async () => {
    await start({ segmentsUrls: ['https://edge.example'], playlistCacheSeconds: 1 });
    const lasting = fake.context.edgePrefix.lasting(fake.clock.now());
    const live = await get('/live.m3u8', { 'user-agent': 'Kodi' });
    expect(live.headers['cache-control']).toBe('no-store');
    const address = lastOf(live.body);
    expect(address).toBe(`https://edge.example${lasting}/live/index.m3u8`);
    expect(lastOf((await get('/live.m3u8', { 'user-agent': 'VLC/3.0' })).body)).toBe(
      `https://edge.example${lasting}/live/vlc.m3u8`,
    );
    expect((await get('/live/auto.m3u8')).body).toContain(`https://edge.example${lasting}/live/index.m3u8`);
    const playlist = await get(new URL(address).pathname, { host: 'edge.example' });
    expect(lastOf(playlist.body)).toContain(fake.context.edgePrefix.at(fake.clock.now()));
    // Somebody watches there, though no edge has said yet how many.
    expect(fake.screen.viewers.count).toBe(1);
    fake.screen.viewers.reported('edge', 3);
    expect(fake.screen.viewers.count).toBe(3);
  });

  it('are not in /live.m3u8 where edges keep no playlists, or are below a path, nor for Jellyfin', async () => {
    const named = async (agent = 'Kodi') => lastOf((await get('/live.m3u8', { 'user-agent': agent })).body);
    const atHome = /^http:\/\/(?!edge)[^/]+\/live\/index\.m3u8$/;
    await start({ segmentsUrls: ['https://edge.example'] });
    expect(await named()).toMatch(atHome);
    await fake.stop();
    await start({ segmentsUrls: [EDGE], playlistCacheSeconds: 1 });
    expect(await named()).toMatch(atHome);
    await fake.stop();
    await start({ segmentsUrls: ['https://edge.example'], playlistCacheSeconds: 1 });
    for (const agent of ['Jellyfin-Server/10.11', 'Lavf/61.1.100'])
      expect(await named(agent)).toMatch(atHome);
  });

  it('are tried by an answer that nobody keeps', async () => {
    await start({ segmentsUrls: [EDGE] });
    const folder = lastOf((await get('/live/index.m3u8')).body)
      .slice(EDGE.length)
      .split('/')
      .slice(0, 4)
      .join('/');
    const answer = await get(`${folder}/check`);
    expect([answer.body, answer.headers['cache-control']]).toEqual(['ok', 'no-store']);
  });

  it('are open to the watch page, and no other origin is', async () => {
    await start({ segmentsUrls: [EDGE] });
    const policy = String((await get('/watch')).headers['content-security-policy']);
    expect(policy).toContain("connect-src 'self' https://edge.example;");
    expect(policy).toContain("media-src 'self' blob: https://edge.example;");
  });
});
