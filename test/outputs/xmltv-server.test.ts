import { parseM3U } from '@iptv/playlist';
import { afterEach, describe, expect, it } from 'vitest';
import { owner } from '../../src/access/visitor.ts';
import {
  bearer,
  type FakeHttp,
  type FakeHttpOptions,
  startFakeHttp,
  VIEWER_KEY,
} from '../fakes/http-context.ts';
import { readXmltv } from '../fakes/read-xmltv.ts';

let fake: FakeHttp;
afterEach(() => fake.stop());

async function start(options: FakeHttpOptions = {}): Promise<string> {
  fake = await startFakeHttp({ settings: { OUTPUT_CHANNELS: 'all' }, ...options });
  return fake.context.clients.make('Kodi', 'kodi', owner).token;
}

const get = (url: string) => fake.app.inject({ url, headers: { host: '192.168.1.10:8002' } });

describe('the guide of a server', () => {
  it('has the channels of the playlist, by the same ids, and logos that are there', async () => {
    const token = await start();
    const playlist = parseM3U((await get(`/t/${token}/playlist.m3u`)).body);
    const { body } = await get(`/t/${token}/epg.xml`);
    const { channels } = readXmltv(body);
    expect(channels.length).toBeGreaterThan(2);
    expect(channels.map(({ attributes }) => attributes.id)).toEqual(
      playlist.channels.map(({ tvgId }) => tvgId),
    );
    for (const { elements } of channels) {
      const icon = elements.find(({ name }) => name === 'icon')?.attributes.src ?? '';
      expect(icon).toMatch(new RegExp(`^http://192\\.168\\.1\\.10:8002/t/${token}/`));
    }
    expect(body).not.toMatch(/panel|logos\.example/);
  });

  it('says what was put on from the chat', async () => {
    await start();
    const now = fake.clock.now();
    fake.guide.push({ title: 'Journal', description: '', start: now, stop: now + 1_800_000 });
    const before = await get('/epg.xml');
    await fake.app.inject({
      method: 'POST',
      url: '/set_active_stream',
      headers: bearer,
      payload: { channel_id: 1 },
    });
    const after = await get('/epg.xml');
    expect(after.headers.etag).not.toBe(before.headers.etag);
    const { programmes } = readXmltv(after.body);
    expect(programmes.find(({ start }) => start === now)).toMatchObject({
      title: 'TF1 HD: Journal',
      stop: now + 1_800_000,
    });
  });

  it.each(['/epg.xml', '/epg.xml.gz'])('needs the viewers’ key at %s where there is one', async (url) => {
    await start({ key: true });
    expect((await get(url)).statusCode).toBeGreaterThanOrEqual(401);
    expect((await get(`${url}?key=${encodeURIComponent(VIEWER_KEY)}`)).statusCode).toBe(200);
  });

  it.each(['/epg.xml', '/epg.xml.gz'])(
    'is for a client’s own token at %s, also where viewers need a key',
    async (url) => {
      const token = await start({ key: true });
      expect((await get(`/t/${token}${url}`)).statusCode).toBe(200);
      const refused = await get(`/t/${token.slice(0, -1)}${url}`);
      expect(refused.statusCode).toBe(404);
      expect(refused.headers['content-type']).toContain('json');
    },
  );
});
