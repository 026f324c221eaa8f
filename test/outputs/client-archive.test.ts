import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { owner } from '../../src/access/visitor.ts';
import { asDelivered } from '../fakes/as-delivered.ts';
import { type FakeHttp, someChannels, startFakeHttp } from '../fakes/http-context.ts';
import { mainId } from '../fakes/main-id.ts';
import { Origin, says, sends, television } from '../fakes/origin.ts';

const MINUTE = 60_000;
const channel = asDelivered(television);
let origin: Origin;
let fake: FakeHttp;
let token: string;
/** An hour ago, in epoch milliseconds. */
let start: number;
beforeEach(async () => {
  origin = await new Origin().start();
  origin.answer(sends());
  const channels = someChannels.map((each) => (each.id === mainId(2) ? { ...each, archiveDays: 3 } : each));
  fake = await startFakeHttp({ origin, channels, settings: { OUTPUT_CHANNELS: 'all' } });
  token = fake.context.clients.make('Kodi', 'kodi', owner).token;
  await fake.context.lineUp.settled();
  start = Math.floor(fake.clock.now() / MINUTE - 60) * MINUTE;
});
afterEach(async () => {
  await fake.stop();
  await origin.stop();
});

const numberOf = (name: string) => fake.context.lineUp.entries().find((each) => each.name === name)?.number;
const pathTo = (name: string, from = start, minutes: number | string = 30) =>
  `/t/${token}/archive/${numberOf(name)}/${from / 1000}/${minutes}.ts`;
const inUse = () => fake.context.clients.list()[0];

/** Opens an address and reads the channel's beginning. */
async function open(path: string) {
  const url = await fake.listen();
  const leave = new AbortController();
  const response = await fetch(url + path, { signal: leave.signal });
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  let bytes = Buffer.alloc(0);
  while (bytes.length < channel.length) {
    const { value, done } = await reader.read();
    if (done) break;
    bytes = Buffer.concat([bytes, value]);
  }
  return { response, bytes, reader, leave: () => leave.abort() };
}

describe('/t/<token>/archive/<number>/<seconds>/<minutes>.ts', () => {
  it('is what the channel showed, whose connection closes when the player leaves', async () => {
    const { response, bytes, leave } = await open(pathTo('Canal+'));
    const { headers } = response;
    expect([response.status, headers.get('content-type'), headers.get('accept-ranges')]).toEqual([
      ...[200, 'video/mp2t', 'none'],
    ]);
    expect(bytes.equals(channel)).toBe(true);
    expect(origin.requests).toEqual([`/2/${start}-${start + 30 * MINUTE}`]);
    expect(inUse()?.playing).toEqual(['Canal+']);
    leave();
    await expect.poll(() => inUse()?.playing).toEqual([]);
    await expect.poll(() => origin.open).toBe(0);
  });

  it('gives a player that winds the connection that it has not left yet', async () => {
    const first = await open(pathTo('Canal+'));
    const second = await open(pathTo('Canal+', start + 10 * MINUTE));
    expect(second.response.status).toBe(200);
    await expect(first.reader.read().then(({ done }) => done || 'more')).resolves.toBe(true);
    await expect.poll(() => origin.open).toBe(1);
    second.leave();
  });

  it('says by HEAD what it is, and opens nothing', async () => {
    const response = await fake.app.inject({ method: 'HEAD', url: pathTo('Canal+') });
    expect([response.statusCode, response.headers['content-type'], response.body]).toEqual([
      ...[200, 'video/mp2t', ''],
    ]);
    expect(origin.requests).toEqual([]);
  });

  it('is 503 where all connections are in use, and the list says who was refused', async () => {
    const live = { channelId: mainId(2), name: 'Canal+' };
    const lease = await fake.context.tuners.acquire(live, 'screen', new AbortController().signal);
    const response = await fake.app.inject({ url: pathTo('Canal+') });
    expect([response.statusCode, response.body]).toEqual([503, '']);
    expect(inUse()?.refusal).toMatchObject({ channelName: 'Canal+', code: 'no_slot' });
    await lease.release();
  });

  it('is 404 without a body where the provider has nothing', async () => {
    origin.answer(says(404));
    const response = await fake.app.inject({ url: pathTo('Canal+') });
    expect([response.statusCode, response.body]).toEqual([404, '']);
    expect(inUse()?.refusal).toMatchObject({ code: 'archive_missing' });
  });

  it.each<[string, () => string]>([
    ['a channel without an archive', () => pathTo('TF1')],
    ['the shared screen', () => pathTo('Zapette live')],
    ['the future', () => pathTo('Canal+', start + 120 * MINUTE)],
    ['no time at all', () => pathTo('Canal+', start, 0)],
    ['a player that fills nothing in', () => pathTo('Canal+', start, '{duration:60}')],
    ['a wrong token', () => pathTo('Canal+').replace(token, 'wrong')],
  ])('is not found for %s', async (_, path) => {
    expect((await fake.app.inject({ url: path() })).statusCode).toBe(404);
    expect(origin.requests).toEqual([]);
  });

  it('is in the playlist of the client, and of nobody else', async () => {
    const { body } = await fake.app.inject({
      url: `/t/${token}/playlist.m3u`,
      headers: { host: 'tv.local' },
    });
    const lines = body.split('\n').filter((line) => line.includes('catchup'));
    const source = `http://tv.local/t/${token}/archive/${numberOf('Canal+')}/{utc}/{duration:60}.ts`;
    expect(lines).toEqual([
      expect.stringContaining(` catchup="default" catchup-days="3" catchup-source="${source}",Canal+`),
    ]);
    expect((await fake.app.inject({ url: '/playlist.m3u' })).body).not.toContain('catchup');
  });
});
