import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Channel } from '../../src/domain/channel.ts';
import {
  bearer,
  type FakeHttp,
  type FakeHttpOptions,
  startFakeHttp,
  VIEWER_KEY,
} from '../fakes/http-context.ts';
import { mainId } from '../fakes/main-id.ts';

const EVIL = `"><script>alert('1')</script>&`;
const channel = (id: number, name: string): Channel => ({
  id: mainId(id),
  number: id,
  name,
  categoryId: null,
  epgId: null,
  archiveDays: 0,
  logo: `http://logos.example/${id}.png`,
});
const channels = [channel(1, 'FR| TF1 HD'), channel(2, `Film ${EVIL}`)];

let fake: FakeHttp;
const start = async (options: FakeHttpOptions = {}) => {
  fake = await startFakeHttp({ channels, publicUrl: 'https://tv.example.org', ...options });
};
beforeEach(() => start());
afterEach(() => fake.stop());

const get = (url: string, headers: Record<string, string> = {}) => fake.app.inject({ url, headers });
const broadcast = (id: number) =>
  fake.app.inject({
    method: 'POST',
    url: '/set_active_stream',
    headers: bearer,
    payload: { channel_id: id },
  });

/** The Open Graph tags of a page, as a browser reads them. */
function tagsOf(html: string): Record<string, string> {
  const tags = [...html.matchAll(/<meta property="og:([^"]+)" content="([^"]*)">/g)];
  return Object.fromEntries(tags.map(([, name, content]) => [name, content]));
}
const preview = async () => tagsOf((await get('/watch')).body);

describe('the preview of a pasted /watch address', () => {
  it('names the channel on air and shows its logo, from our own addresses', async () => {
    const now = fake.clock.now();
    fake.guide.push({ title: 'Journal', description: '', start: now - 60_000, stop: now + 60_000 });
    await broadcast(1);
    await expect.poll(async () => (await preview()).description).toBe('Journal');
    expect(await preview()).toMatchObject({
      title: 'TF1',
      type: 'video.other',
      url: 'https://tv.example.org/watch',
      image: 'https://tv.example.org/watch/picture/1',
    });
    const response = await get('/watch');
    expect(response.headers['cache-control']).toBe('no-cache');
    expect(response.body).not.toMatch(/panel\.example|logos\.example/);
  });

  it('names the programme of the past that is on air', async () => {
    const now = fake.clock.now();
    const past = { from: now - 90_000, to: now + 60_000, start: now - 90_000, title: 'Vieux film' };
    await fake.screen.broadcast.play({ channelId: mainId(1), name: 'TF1 HD', past }, null);
    expect((await preview()).description).toBe('Vieux film');
  });

  it('says in the reader’s language that nothing is on', async () => {
    expect(await preview()).toMatchObject({
      title: 'Nothing on air right now',
      image: 'https://tv.example.org/logo.png',
    });
    const french = await get('/watch', { 'accept-language': 'fr' });
    expect(tagsOf(french.body).title).toMatch(/antenne/);
  });

  it('escapes a channel’s name', async () => {
    await broadcast(2);
    const { body } = await get('/watch');
    expect(body).not.toContain('<script>alert');
    expect(tagsOf(body).title).toContain('&#34;&#62;&#60;script&#62;');
  });

  it.each([[{ key: true }], [{ personal: true }]])(
    'reveals nothing where watching is restricted: %j',
    async (access) => {
      await fake.stop();
      await start(access);
      await broadcast(1);
      const cookie = String(
        (await get(`/watch?key=${encodeURIComponent(VIEWER_KEY)}`)).headers['set-cookie'],
      );
      for (const headers of [{}, { cookie: cookie.split(';')[0] ?? '' }])
        expect((await get('/watch', headers)).body).not.toContain('TF1');
      const picture = await get('/watch/picture/1');
      expect(picture.body).toBe('our own logo');
    },
  );
});

describe('the picture of a preview', () => {
  const offer = (type: string, status = 200) =>
    fake.web
      .get('http://logos.example')
      .intercept({ path: '/1.png' })
      .reply(status, 'a picture', { headers: { 'content-type': type } });

  it('is the channel’s logo, for a short time', async () => {
    offer('image/png');
    const response = await get('/watch/picture/1');
    expect([response.statusCode, response.body]).toEqual([200, 'a picture']);
    expect(response.headers).toMatchObject({
      'content-type': 'image/png',
      'cache-control': 'public, max-age=300',
      'x-content-type-options': 'nosniff',
    });
  });

  it.each([
    ['image/svg+xml', 200],
    ['image/png', 404],
  ])('is our own logo where the channel’s cannot be shown: %s %d', async (type, status) => {
    offer(type, status);
    const response = await get('/watch/picture/1');
    expect([response.statusCode, response.body]).toEqual([200, 'our own logo']);
  });

  it.each(['/watch/picture/77', '/watch/picture/x', '/watch/picture/-1'])(
    'is our own for %s',
    async (url) => {
      expect((await get(url)).body).toBe('our own logo');
    },
  );
});
