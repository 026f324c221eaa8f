import { parseM3U } from '@iptv/playlist';
import { afterEach, describe, expect, it } from 'vitest';
import { owner } from '../../src/access/visitor.ts';
import type { Channel } from '../../src/domain/channel.ts';
import { type FakeHttp, type FakeHttpOptions, startFakeHttp, VIEWER_KEY } from '../fakes/http-context.ts';
import { readAsJellyfin } from '../fakes/jellyfin-m3u.ts';
import { mainId } from '../fakes/main-id.ts';

let fake: FakeHttp;
afterEach(() => fake.stop());

const oddNames = [
  '5 USA',
  '3. Liga',
  '84.0 - Eins',
  'Infinity Sport',
  '+ de Sport',
  'Golf, Live',
  'Canal "été"',
  'tvg-chno="7" TV',
  '#0 por M+',
  'Sport\u0007\u2028News',
  'Ä, "Ö", 7,5 Ü',
];
const oddChannels = oddNames.map(
  (name, at): Channel => ({
    ...{ id: mainId(at + 1), number: at + 1, name, categoryId: '3' },
    ...{ logo: at === 0 ? 'http://logos.example/secret.png' : null, epgId: null, archiveDays: 0 },
  }),
);

async function start(options: FakeHttpOptions = {}): Promise<string> {
  fake = await startFakeHttp({
    channels: oddChannels,
    categories: [{ id: '3', name: 'Sport; "News", UK' }],
    settings: { OUTPUT_CHANNELS: 'all' },
    ...options,
  });
  return fake.context.clients.make('Kodi', 'kodi', owner).token;
}

const get = (url: string, headers: Record<string, string> = {}) => fake.app.inject({ url, headers });

describe('/playlist.m3u', () => {
  it('has the shared screen alone, to the letter', async () => {
    await start();
    const response = await get('/playlist.m3u', { host: '192.168.1.10:8002' });
    expect(response.headers['content-type']).toBe('audio/x-mpegurl; charset=utf-8');
    const base = 'http://192.168.1.10:8002';
    expect(response.body).toBe(
      [
        `#EXTM3U url-tvg="${base}/epg.xml" x-tvg-url="${base}/epg.xml"`,
        `#EXTINF:-1 tvg-id="live" tvg-name="Zapette live" tvg-chno="1" channel-id="live" tvg-logo="${base}/logo.png" group-title="Zapette",Zapette live`,
        '#KODIPROP:mimetype=application/x-mpegURL',
        `${base}/live.m3u8`,
        '',
      ].join('\n'),
    );
  });

  it('has HLS on demand', async () => {
    await start();
    for (const output of ['m3u8', 'hls'])
      expect((await get(`/playlist.m3u?output=${output}`)).body).toContain('/live.m3u8\n');
    for (const output of ['ts', 'mpegts', ''])
      expect((await get(`/playlist.m3u?output=${output}`)).body).toContain('/live.ts\n');
  });

  it('has HLS, which plays on over a restart, but for servers and whoever asks for MPEG-TS', async () => {
    await start();
    for (const player of ['VLC/3.0.24 LibVLC/3.0.24', 'libmpv', 'TiviMate/5.0', '']) {
      const { body, headers } = await get('/playlist.m3u', { 'user-agent': player });
      expect(body).toContain('/live.m3u8\n');
      expect(headers.vary).toBe('user-agent');
      expect((await get('/playlist.m3u?output=ts', { 'user-agent': player })).body).toContain('/live.ts\n');
    }
    for (const server of ['Jellyfin-Server/10.11.2', 'Emby Server', 'PlexMediaServer/1.41'])
      expect((await get('/playlist.m3u', { 'user-agent': server })).body).toContain('/live.ts\n');
    const { token } = fake.context.clients.make('Jellyfin', 'jellyfin', owner);
    expect((await get(`/t/${token}/playlist.m3u`)).body).toContain('/live.ts\n');
  });

  it('has Kodi try a screen again when its connection ends, and nobody else', async () => {
    const token = await start({ key: true });
    const url = `/t/${token}/playlist.m3u`;
    const kodi = { 'user-agent': 'KodifromDebian/20.1 (X11; Linux x86_64) Kodi_Fork_Kodi from Debian/1.0' };
    const addresses = ({ body }: { readonly body: string }) => body.match(/^http.*$/gm) ?? [];
    const [screen, channel] = addresses(await get(url, kodi));
    for (const agent of ['Kodi/21.1 (Linux; Android 12)', 'Box/1.0 (Windows NT 10.0) Kodi_Fork_Box/1.0'])
      expect(addresses(await get(url, { 'user-agent': agent }))[0]).toBe(screen);
    expect(screen).toMatch(
      /\/live\.ts\|reconnect=1&reconnect_at_eof=1&reconnect_streamed=1&reconnect_delay_max=60$/,
    );
    expect(channel).toMatch(/\/ch\/\d+\.ts$/);
    expect(addresses(await get(`${url}?output=hls`, kodi))[0]).toMatch(/\/live\.m3u8$/);
    const [keyed] = addresses(await get(`/playlist.m3u?key=${encodeURIComponent(VIEWER_KEY)}`, kodi));
    expect(keyed).toMatch(/\/live\.ts\?key=[^|&]+\|reconnect=1/);
    for (const agent of ['VLC/3.0.18 LibVLC/3.0.18', 'TiviMate/5.0 (Kodi)', ''])
      expect((await get(url, { 'user-agent': agent })).body).not.toContain('|');
  });

  it('asks for the key where viewers need one, and hands it on', async () => {
    await start({ key: true });
    const key = `key=${encodeURIComponent(VIEWER_KEY)}`;
    expect((await get('/playlist.m3u')).statusCode).toBe(403);
    const { body } = await get(`/playlist.m3u?${key}`);
    expect(body).toContain(`/live.m3u8?${key}\n`);
    expect(body).toContain(`/epg.xml?${key}"`);
  });

  it('answers each origin with its own addresses, whoever asked first', async () => {
    const token = await start();
    for (const host of ['192.168.1.10:8002', 'nas.local', '[fd00::1]:8002'])
      for (const prefix of ['', `/t/${token}`]) {
        const { body } = await get(`${prefix}/playlist.m3u`, { host });
        const hosts = new Set([...body.matchAll(/http:\/\/([^/"\s]+)/g)].map(([, each]) => each));
        expect([...hosts]).toEqual([host]);
      }
  });

  it('tells whether it has changed', async () => {
    const token = await start();
    const url = `/t/${token}/playlist.m3u`;
    const first = await get(url);
    const { etag, 'last-modified': modified } = first.headers as Record<string, string>;
    for (const headers of [
      { 'if-none-match': etag as string },
      { 'if-none-match': `"x", W/${etag}` },
      { 'if-modified-since': modified as string },
    ]) {
      const response = await get(url, headers);
      expect([response.statusCode, response.body]).toEqual([304, '']);
    }
    const head = await fake.app.inject({ method: 'HEAD', url });
    expect([head.statusCode, head.body, head.headers.etag]).toEqual([200, '', etag]);
    expect((await get(url, { 'if-none-match': '"x"' })).statusCode).toBe(200);
    expect((await get(url, { 'if-modified-since': 'Thu, 01 Jan 1970 00:00:00 GMT' })).statusCode).toBe(200);
    expect((await get(`${url}?output=ts`)).headers.etag).not.toBe(etag);
  });

  it('below /t/<token> has every channel, with its token in every address', async () => {
    const token = await start();
    const { body } = await get(`/t/${token}/playlist.m3u`, { host: '192.168.1.10:8002' });
    expect(body).not.toContain('logos.example');
    for (const [address] of body.matchAll(/http:\/\/[^"\s]+/g))
      expect(address).toMatch(`http://192.168.1.10:8002/t/${token}/`);
    const { channels, headers } = parseM3U(body);
    expect(headers?.xTvgUrl).toBe(`http://192.168.1.10:8002/t/${token}/epg.xml`);
    const entries = fake.context.lineUp.entries();
    expect(channels).toHaveLength(oddNames.length + 1);
    expect(channels.map(({ extras }) => extras?.['tvg-chno'])).toEqual(
      entries.map(({ number }) => String(number)),
    );
    expect(channels.map(({ tvgId }) => tvgId)).toEqual(entries.map(({ id }) => id));
    expect(channels.at(-1)?.groupTitle).not.toContain(';');
  });

  it('is read by Jellyfin with all names whole, numbers of ours and addresses that can be opened', async () => {
    const token = await start();
    const { body } = await get(`/t/${token}/playlist.m3u`);
    const entries = fake.context.lineUp.entries();
    const read = readAsJellyfin(body);
    expect(read.map(({ number }) => number)).toEqual(entries.map(({ number }) => String(number)));
    expect(read.map(({ guideId }) => guideId)).toEqual(entries.map(({ id }) => id));
    const plain = (name: string) => name.replace(/[\s\p{Cc},"']+/gu, ' ').trim();
    expect(read.map(({ name }) => plain(name ?? ''))).toEqual(entries.map(({ name }) => plain(name)));
    expect(read.slice(1).every(({ address }) => /\/ch\/\d+\.ts$/.test(address))).toBe(true);
    expect(new Set(read.map(({ address }) => address)).size).toBe(entries.length);
    for (const name of ['5\u00a0USA', 'Golf Live']) expect(body).toContain(`,${name}\n`);
  });

  it('is refused with a wrong token, and whoever tries many is slowed down', async () => {
    const token = await start();
    const codes: string[] = [];
    for (let at = 0; at < 25; at++) codes.push((await get(`/t/wrong${at}/playlist.m3u`)).json().error.code);
    expect([codes[0], codes.indexOf('rate_limited')]).toEqual(['client_unknown', 20]);
    expect((await get(`/t/${token}/playlist.m3u`)).statusCode).toBe(200);
    const [client] = fake.context.clients.list();
    fake.context.clients.end(client?.id ?? 0, owner);
    expect((await get(`/t/${token}/playlist.m3u`)).statusCode).toBe(429);
    const elsewhere = await fake.app.inject({
      url: `/t/${token}/playlist.m3u`,
      remoteAddress: '10.0.0.9',
      headers: { 'accept-language': 'fr' },
    });
    expect([elsewhere.statusCode, elsewhere.json().error.message]).toEqual([
      404,
      expect.stringContaining('Télévisions et lecteurs'),
    ]);
  });
});
