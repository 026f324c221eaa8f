import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../src/domain/errors.ts';
import { asDelivered } from '../fakes/as-delivered.ts';
import { type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';
import { mainId } from '../fakes/main-id.ts';
import { Origin, says, sends, silence, television } from '../fakes/origin.ts';
import { continuation } from '../fakes/ts-packets.ts';

const ana = { id: 'discord:1', name: 'Ana' };

let origin: Origin;
let fake: FakeHttp;
let token: string;
beforeEach(async () => {
  origin = await new Origin().start();
  origin.answer(sends());
  fake = await startFakeHttp({ origin, publicUrl: 'https://tv.example.org' });
  token = issue();
});
afterEach(async () => {
  await fake.stop();
  await origin.stop();
});

const issue = () => fake.context.links.issue(ana, { id: mainId(2), name: 'Canal+ “été”\nHD' }).token;
const get = (file: string, headers: Record<string, string> = {}) =>
  fake.app.inject({ url: `/vlc/${file}`, headers });
const players = () => fake.context.links.of(ana.id).map((link) => link.players);
const channel = asDelivered(television);
const someone = { backlog: 0, stop: async () => {} };

describe('/vlc/<token>', () => {
  it.each(['', '.ts'])('with "%s" is the channel in one endless body', async (extension) => {
    const url = await fake.listen();
    const leave = new AbortController();
    const response = await fetch(`${url}/vlc/${token}${extension}`, {
      signal: leave.signal,
      headers: { range: 'bytes=0-' },
    });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('video/mp2t');
    expect(response.headers.get('content-length')).toBeNull();
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    let bytes = Buffer.alloc(0);
    while (bytes.length < channel.length)
      bytes = Buffer.concat([bytes, (await reader.read()).value ?? Buffer.alloc(0)]);
    expect(bytes.equals(channel)).toBe(true);
    expect(origin.requests).toEqual(['/2']);
    expect(players()).toEqual([1]);
    expect(fake.context.sent.total('links')).toBeGreaterThanOrEqual(channel.length);

    leave.abort();
    await expect.poll(players).toEqual([0]);
    await expect.poll(() => origin.open).toBe(0);
  });

  it('to a past programme plays that', async () => {
    const past = { from: 3_600_000, to: 7_200_000 };
    const link = fake.context.links.issue(ana, { id: mainId(2), name: 'Canal+' }, past);
    expect(fake.context.links.find(link.token).past).toEqual(past);
    const leave = new AbortController();
    const url = `${await fake.listen()}/vlc/${link.token}.ts`;
    const response = await fetch(url, { signal: leave.signal });
    expect([response.status, response.headers.get('accept-ranges')]).toEqual([200, 'none']);
    expect(origin.requests).toEqual(['/2/3600000-7200000']);
    leave.abort();
    await expect.poll(() => origin.open).toBe(0);
  });

  it('says by HEAD what it is, and opens nothing', async () => {
    for (const [file, type] of [
      [token, 'video/mp2t'],
      [`${token}.ts`, 'video/mp2t'],
      [`${token}.m3u`, 'audio/x-mpegurl; charset=utf-8'],
    ] as const) {
      const response = await fake.app.inject({ method: 'HEAD', url: `/vlc/${file}` });
      expect([response.statusCode, response.headers['content-type']]).toEqual([200, type]);
      expect(response.rawPayload.length).toBe(0);
    }
    expect(origin.requests).toEqual([]);
    expect(fake.context.links.of(ana.id)).toMatchObject([{ lastUsedAt: null }]);
  });

  it('with ".m3u" is a playlist that opens it under its name', async () => {
    const response = await get(`${token}.m3u`);
    expect(response.body).toBe(
      `#EXTM3U\n#EXTINF:-1,Canal+ “été” HD\nhttps://tv.example.org/vlc/${token}.ts\n`,
    );
    expect(response.headers['content-disposition']).toBe('attachment; filename="Canal+-ete-HD.m3u"');
  });

  it.each<[string, () => void]>([
    ['that never was', () => {}],
    ['that has expired', () => fake.clock.skip(24 * 60 * 60_000)],
    ['that was revoked', () => fake.context.links.revoke(ana.id)],
  ])('is refused in the same words with a token %s', async (what, happens) => {
    happens();
    const wrong = what === 'that never was' ? 'AAAAAAAAAAAAAAAAAAAAAAAA' : token;
    for (const file of [wrong, `${wrong}.ts`, `${wrong}.m3u`]) {
      const response = await get(file, { 'accept-language': 'en' });
      expect(response.statusCode).toBe(404);
      expect(response.json().error).toEqual({
        code: 'link_invalid',
        message: 'This private link is not valid, or has ended: ask for a new one.',
      });
      expect((await fake.app.inject({ method: 'HEAD', url: `/vlc/${file}` })).statusCode).toBe(404);
    }
    expect(origin.requests).toEqual([]);
  });

  it('is not found in any other spelling', async () => {
    for (const file of [`${token}.mp4`, `${token}.ts.m3u`, `x${token}`, '%2e%2e%2f', '.ts', token.slice(1)])
      expect([file, (await get(file)).statusCode]).toEqual([file, 404]);
  });

  it('slows down who tries tokens, and not who has one', async () => {
    const codes = [];
    for (let index = 0; index < 25; index++) codes.push((await get(`wrong-${index}`)).json().error.code);
    expect(codes.indexOf('rate_limited')).toBe(20);
    expect((await get(`${token}.m3u`)).statusCode).toBe(200);
    expect((await fake.app.inject({ url: '/vlc/wrong', remoteAddress: '10.0.0.9' })).statusCode).toBe(404);
  });

  it('takes no third device', async () => {
    const link = fake.context.links.find(token);
    for (const device of ['Kodi', 'VLC']) fake.context.links.admit(link, device, someone);
    const response = await get(`${token}.ts`, { 'accept-language': 'fr' });
    expect(response.statusCode).toBe(429);
    expect(response.json().error).toMatchObject({
      code: 'link_in_use',
      message: expect.stringContaining('2 appareils'),
    });
    expect(origin.requests).toEqual([]);
  });

  it('takes back a device whose last connections are still there', async () => {
    const url = await fake.listen();
    const ask = () => fetch(`${url}/vlc/${token}`, { headers: { 'user-agent': 'VLC' } });
    const [first, second, third] = [await ask(), await ask(), await ask()];
    expect([first, second, third].map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await first.arrayBuffer()).byteLength).toBe(channel.length);
    expect(players()).toEqual([2]);
    expect((await fetch(`${url}/vlc/${token}`, { headers: { 'user-agent': 'Kodi' } })).status).toBe(429);
    expect(origin.requests).toEqual(['/2']);
  });

  it('says who holds the connection, where another channel has the only one', async () => {
    const lease = await fake.context.tuners.acquire(
      { channelId: mainId(1), name: 'TF1 HD' },
      'screen',
      new AbortController().signal,
    );
    const response = await get(token);
    expect(response.statusCode).toBe(503);
    expect(response.json().error).toMatchObject({
      code: 'no_slot',
      message: expect.stringContaining('(TF1 HD)'),
    });
    expect(players()).toEqual([0]);
    await lease.release();
  });

  it('says why the channel cannot be had, and leaves nothing behind', async () => {
    origin.answer(says(404));
    expect((await get(token)).json().error.code).toBe('channel_dead');
    expect(players()).toEqual([0]);
  });

  it('names its owner to whoever wants the connection that it holds', async () => {
    const url = await fake.listen();
    const leave = new AbortController();
    await fetch(`${url}/vlc/${token}`, { signal: leave.signal });
    const other = fake.context.links.issue(ana, { id: mainId(1), name: 'TF1' }).token;
    expect((await get(other)).json().error.message).toContain('(/vlc Ana)');
    leave.abort();
  });

  it('ends for who plays it when it is revoked, also while the channel is being opened', async () => {
    const url = await fake.listen();
    const playing = await fetch(`${url}/vlc/${token}`);
    fake.context.links.revoke(ana.id);
    expect(Buffer.from(await playing.arrayBuffer()).equals(channel)).toBe(true);

    origin.answer(silence());
    const opening = fetch(`${url}/vlc/${issue()}`);
    await expect.poll(() => origin.open).toBe(1);
    fake.context.links.revoke(ana.id);
    expect((await opening).status).toBe(404);
    await expect.poll(() => origin.open).toBe(0);
  });

  it('opens nothing for who has left meanwhile, which is no failure', async () => {
    origin.answer(silence());
    const url = await fake.listen();
    const leave = new AbortController();
    const opening = fetch(`${url}/vlc/${token}`, { signal: leave.signal });
    await expect.poll(() => origin.open).toBe(1);
    fake.log();
    leave.abort();
    await expect(opening).rejects.toThrow();
    await expect.poll(() => origin.open).toBe(0);
    await expect.poll(players).toEqual([0]);
    expect(fake.log()).toEqual([]);
  });

  it('is never written to the log', async () => {
    origin.answer(says(404), says(200, '<html>'), sends(Buffer.concat([television, continuation()])));
    for (const file of [token, `${token}.ts`, `${token}.m3u`, `${token}.mp4`, `%ff${token}`]) await get(file);
    fake.context.links.find = () => {
      throw new Error('broken', { cause: new AppError('internal', { ref: '1' }) });
    };
    expect((await get(token)).statusCode).toBe(500);
    const log = JSON.stringify(fake.log());
    expect(log).toContain('/vlc/:file');
    expect(log).not.toContain(token);
  });
});
