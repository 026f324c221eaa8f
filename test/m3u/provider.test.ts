import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accountId, type ChannelId } from '../../src/domain/ids.ts';
import { M3uProvider, type M3uProviderOptions } from '../../src/m3u/provider.ts';
import { type Answer, Origin, says } from '../fakes/origin.ts';
import { TempDirs } from '../fakes/temp-dirs.ts';

const LIST = [
  '#EXTM3U url-tvg="/gone.xml,/guide.xml"',
  '#EXTINF:-1 tvg-id="a" group-title="Été",A',
  'http://a.example/1.ts?token=1',
  'http://b.example/1.m3u8|Referer=http://r.example',
  '#EXTINF:-1 tvg-id="b",B',
  'ch/2.ts',
].join('\n');

let origin: Origin;

beforeEach(async () => {
  origin = await new Origin().start();
});
afterEach(async () => {
  await origin.stop();
});

function provider(more: Partial<M3uProviderOptions> = {}): M3uProvider {
  return new M3uProvider({
    accountId: accountId('m1'),
    address: origin.url('/list.m3u?token=s3cret'),
    userAgent: 'Player/1',
    http: origin.http,
    ...more,
  });
}

/** A provider that has read its list, and its channels by name. */
async function read(list: string | Buffer = LIST) {
  origin.answer(says(200, list));
  const m3u = provider();
  const { channels } = await m3u.lineup();
  const ids = new Map(channels.map(({ id, name }) => [name, id]));
  return { m3u, idOf: (name: string) => ids.get(name) as ChannelId };
}

async function bytesOf(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  return (await bytesOf(body)).toString();
}

describe('M3uProvider', () => {
  it('reads the list, and plays its channels', async () => {
    origin.answer(says(200, LIST));
    const told: unknown[] = [];
    const m3u = provider({ onAccount: (error) => told.push(error) });
    const { channels, categories, dropped } = await m3u.lineup();
    expect(channels.map(({ name, epgId }) => [name, epgId])).toEqual([
      ['A', 'a'],
      ['B', 'b'],
    ]);
    expect([categories[0]?.name, channels[0]?.categoryId, dropped]).toEqual(['Été', categories[0]?.id, 0]);
    const [a, b] = channels.map(({ id }) => m3u.source(id));
    expect(a).toEqual({
      channelId: channels[0]?.id,
      url: 'http://a.example/1.ts?token=1',
      format: 'ts',
      userAgent: 'Player/1',
    });
    expect(b?.url).toBe(origin.url('/ch/2.ts'));
    expect(told).toEqual([null]);
  });

  it('takes the next address of a channel after a failure', async () => {
    const { m3u, idOf } = await read();
    const urls = [0, 1, 2].map(() => {
      const { url, format, headers } = m3u.source(idOf('A'));
      m3u.noteFailed(idOf('A'));
      return [url, format, headers];
    });
    const first = ['http://a.example/1.ts?token=1', 'ts', undefined];
    expect(urls).toEqual([
      first,
      ['http://b.example/1.m3u8', 'm3u8', { referer: 'http://r.example' }],
      first,
    ]);
  });

  it.each([
    ['DRM', '#KODIPROP:inputstream.adaptive.license_type=clearkey\nhttp://a/1', 'channel_drm', {}],
    ['RTSP', 'rtsp://a.example/1', 'channel_unsupported', { kind: 'rtsp' }],
    ['RTMP', 'rtmp://a.example/1', 'channel_unsupported', { kind: 'rtmp' }],
    ['DASH', 'http://a.example/1.mpd?x', 'channel_unsupported', { kind: 'DASH' }],
  ])('says that a channel of %s cannot be played', async (_, address, code, params) => {
    const { m3u, idOf } = await read(
      `#EXTINF:-1,A\n${address}\n#EXTINF:-1,B\n${address}\n#EXTINF:-1,B\nhttp://b/1.ts`,
    );
    expect(() => m3u.source(idOf('A'))).toThrow(expect.objectContaining({ code, params }));
    expect(m3u.source(idOf('B')).url).toBe('http://b/1.ts');
  });

  it('tells where the past is, the form that worked first', async () => {
    const { m3u, idOf } = await read(
      '#EXTINF:-1 catchup="xc" catchup-days="2",A\nhttp://p.example/live/u/p/7.m3u8|Referer=http://r.example',
    );
    const span = { from: 1_700_000_040_000, to: 1_700_003_640_000 };
    const [epoch, wall] = m3u.archive(idOf('A'), span);
    expect(epoch).toMatchObject({
      url: 'http://p.example/timeshift/u/p/60/1700000040/7.ts',
      format: 'ts',
      headers: { referer: 'http://r.example' },
    });
    expect(wall?.url).toMatch(/\/60\/2023-11-1[45]:\d\d-14\/7\.ts$/);
    wall?.noteWorked();
    expect(m3u.archive(idOf('A'), span).map(({ url }) => url)).toEqual([wall?.url, epoch?.url]);
    wall?.noteLive();
    expect(m3u.archive(idOf('A'), span)[0]?.url).toBe(epoch?.url);
  });

  it('says that nothing is known yet, or that a channel is gone', async () => {
    const unknown = 'm1:x' as ChannelId;
    expect(() => provider().source(unknown)).toThrow(
      expect.objectContaining({ code: 'catalogue_not_ready' }),
    );
    const { m3u } = await read();
    expect(() => m3u.source(unknown)).toThrow(expect.objectContaining({ code: 'channel_gone' }));
  });

  it('asks for the list once for all who wait, and tells the account from what came', async () => {
    origin.answer(says(200, LIST));
    const m3u = provider();
    const [account] = await Promise.all([m3u.account(), m3u.lineup(), m3u.account()]);
    expect(account).toMatchObject({ status: 'Active', maxConnections: null, activeConnections: 0 });
    await m3u.account();
    expect(origin.requests).toHaveLength(1);
    origin.answer(says(403));
    await expect(m3u.lineup()).rejects.toMatchObject({ code: 'account_refused' });
    await expect(m3u.account()).rejects.toMatchObject({ code: 'account_refused' });
    expect(origin.requests).toHaveLength(2);
  });

  it('keeps the addresses of a list that has shrunk, which the catalogue may refuse', async () => {
    const { m3u, idOf } = await read(`${LIST}\n#EXTINF:-1,C\nhttp://c.example/3`);
    origin.answer(says(200, '#EXTM3U\n#EXTINF:-1,D\nhttp://d.example/4'));
    await m3u.lineup();
    expect(m3u.source(idOf('C')).url).toBe('http://c.example/3');
  });

  it.each<[string, Answer, string]>([
    ['a web page', says(200, '<!doctype html><title>x</title>'), 'provider_garbage'],
    ['a firewall', says(200, '<html><title>Just a moment...</title>'), 'provider_blocks'],
    ['JSON', says(200, '{"user_info":{"auth":0}}'), 'provider_garbage'],
    ['a channel', says(200, '#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXTINF:6,\n1.ts'), 'list_is_channel'],
    ['404', says(404), 'provider_status'],
    ['an expired subscription', says(402), 'account_expired'],
    [
      'half a list',
      (_, response) => {
        response.writeHead(200, { 'content-length': 100_000 });
        response.write(`${LIST}\n`, () => response.destroy());
      },
      'provider_unreachable',
    ],
    ['too much', says(200, `${LIST}\n${'#'.repeat(5_000)}`), 'provider_garbage'],
  ])('refuses %s', async (_, answer, code) => {
    origin.answer(answer);
    const told: unknown[] = [];
    const m3u = provider({ maxListBytes: 4_000, onAccount: (error) => told.push(error) });
    await expect(m3u.lineup()).rejects.toMatchObject({ name: 'AppError', code });
    expect(told).toMatchObject([{ code }]);
    expect(JSON.stringify(told)).not.toContain('s3cret');
  });

  const broken = Buffer.from(LIST.replaceAll('\n', '\r\n'), 'latin1');
  it.each([
    ['gzip', gzipSync(LIST)],
    ['gzip in gzip', gzipSync(gzipSync(LIST))],
    ['UTF-16', Buffer.from(`\ufeff${LIST}`, 'utf16le')],
    ['UTF-16 without a mark', Buffer.from(LIST, 'utf16le')],
    ['Latin-1', broken],
  ])('reads %s', async (_, body) => {
    origin.answer(says(200, body));
    const { channels, categories } = await provider().lineup();
    expect([channels.map(({ name }) => name), categories[0]?.name]).toEqual([['A', 'B'], 'Été']);
  });

  it('reads a file, packed or not, and says when there is none', async () => {
    const dirs = await TempDirs.create();
    try {
      const path = join(await dirs.next(), 'list.m3u');
      const m3u = provider({ address: path });
      await expect(m3u.lineup()).rejects.toMatchObject({ code: 'list_file_missing' });
      await writeFile(path, gzipSync(LIST));
      // A file has no address that a relative one could belong to.
      await expect(m3u.lineup()).resolves.toMatchObject({ channels: [{ name: 'A' }], dropped: 1 });
    } finally {
      await dirs.remove();
    }
  });

  it('streams the first guide that answers, as it comes', async () => {
    const guide = gzipSync('<tv><channel id="a"/></tv>');
    const { m3u } = await read();
    origin.answer(says(404), says(200, guide));
    const whole = await m3u.wholeGuide(bytesOf);
    expect(whole).toEqual(guide);
    expect(origin.requests.slice(1)).toEqual(['/gone.xml', '/guide.xml']);
    origin.answer(says(404));
    await expect(m3u.wholeGuide(textOf)).rejects.toMatchObject({ code: 'provider_status' });
  });

  it('has no guide where the list names none', async () => {
    const { m3u } = await read('#EXTM3U\n#EXTINF:-1,A\nhttp://a/1');
    await expect(m3u.wholeGuide(textOf)).resolves.toBeNull();
  });

  it('ends its request when nobody waits any more', async () => {
    origin.answer((_, response) => response.writeHead(200).write('#EXTM3U\n'));
    const m3u = provider();
    const [one, other] = [new AbortController(), new AbortController()];
    const waits = [m3u.lineup(one.signal), m3u.lineup(other.signal)];
    await expect.poll(() => origin.open).toBe(1);
    one.abort();
    await expect(waits[0]).rejects.toThrow();
    expect(origin.open).toBe(1);
    other.abort();
    await expect(waits[1]).rejects.toThrow();
    await expect.poll(() => origin.open).toBe(0);
  });

  it.each(['ftp://a.example/list', 'http://', ''])('refuses %j as an address', (address) => {
    expect(() => provider({ address })).toThrow(TypeError);
  });
});
