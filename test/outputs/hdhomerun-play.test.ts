import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { owner } from '../../src/access/visitor.ts';
import { asDelivered } from '../fakes/as-delivered.ts';
import { bearer, type FakeHttp, type FakeHttpOptions, startFakeHttp } from '../fakes/http-context.ts';
import { JellyfinHdHomeRun } from '../fakes/jellyfin-hdhomerun.ts';
import { mainId } from '../fakes/main-id.ts';
import { Origin, sends, television } from '../fakes/origin.ts';

let origin: Origin;
let fake: FakeHttp;
let url: string;
beforeEach(async () => {
  origin = await new Origin().start();
  origin.answer(sends());
});
afterEach(async () => {
  await fake.stop();
  await origin.stop();
});

/** @returns the address of a client with a token. */
async function start(options: FakeHttpOptions = {}): Promise<string> {
  fake = await startFakeHttp({ origin, settings: { OUTPUT_CHANNELS: 'all' }, ...options });
  await fake.context.lineUp.settled();
  url = await fake.listen();
  return `${url}/t/${fake.context.clients.make('Living room', 'jellyfin', owner).token}`;
}

async function readUntil(body: ReadableStream<Uint8Array>, size: number): Promise<Buffer> {
  const reader = body.getReader();
  let bytes = Buffer.alloc(0);
  while (bytes.length < size) {
    const { value, done } = await reader.read();
    if (done) throw new Error('the body ended');
    bytes = Buffer.concat([bytes, value]);
  }
  reader.releaseLock();
  return bytes;
}

describe('a Jellyfin server with the tuner', () => {
  it('plays the screen without a token, through a switch', async () => {
    await start();
    const jellyfin = new JellyfinHdHomeRun(url);
    await jellyfin.add();
    const [screen, ...others] = await jellyfin.channels();
    expect([screen?.id, others]).toEqual(['hdhr_1', []]);
    const body = await jellyfin.open('hdhr_1');
    await readUntil(body, 1);
    const payload = { channel_id: 1 };
    await fake.app.inject({ method: 'POST', url: '/set_active_stream', headers: bearer, payload });
    fake.publish(0x77);
    await readUntil(body, 1);
    expect(fake.screen.broadcast.status.viewers).toBe(1);
    jellyfin.close('hdhr_1');
    await expect.poll(() => fake.screen.broadcast.status.viewers).toBe(0);
  });

  it('plays a channel by its token, also where watching needs a key', async () => {
    const jellyfin = new JellyfinHdHomeRun(await start({ key: true }));
    await jellyfin.add();
    const channels = await jellyfin.channels();
    expect(channels.map(({ name }) => name)).toEqual(expect.arrayContaining(['Canal+', 'Arte', 'TF1']));
    const canal = channels.find(({ name }) => name === 'Canal+');
    const body = await jellyfin.open(canal?.id ?? '');
    const channel = asDelivered(television);
    expect((await readUntil(body, channel.length)).subarray(0, channel.length).equals(channel)).toBe(true);
    jellyfin.close(canal?.id ?? '');
    await expect.poll(() => origin.open).toBe(0);
  });

  it('keeps its channels when the token changes', async () => {
    const first = new JellyfinHdHomeRun(await start());
    const token = fake.context.clients.make('Again', 'jellyfin', owner).token;
    const second = new JellyfinHdHomeRun(`${url}/t/${token}`);
    const ids = async (jellyfin: JellyfinHdHomeRun) => (await jellyfin.channels()).map(({ id }) => id);
    expect(await ids(second)).toEqual(await ids(first));
  });

  it('gets 503 without a body where all connections are in use', async () => {
    const base = await start();
    const lease = await fake.context.tuners.acquire(
      { channelId: mainId(1), name: 'TF1 HD' },
      'screen',
      new AbortController().signal,
    );
    const jellyfin = new JellyfinHdHomeRun(base);
    const canal = (await jellyfin.channels()).find(({ name }) => name === 'Canal+');
    const number = canal?.number ?? '';
    const response = await fetch(`${base}/auto/v${number}`, { headers: { accept: 'text/html' } });
    expect([response.status, await response.text()]).toEqual([503, '']);
    await expect(jellyfin.open(canal?.id ?? '')).rejects.toThrow('503');
    await lease.release();
  });

  it('is let in no more once its token has ended', async () => {
    const base = await start();
    const jellyfin = new JellyfinHdHomeRun(base);
    await jellyfin.add();
    for (const { id } of fake.context.clients.list()) fake.context.clients.end(id, owner);
    const response = await fetch(`${base}/lineup.json`, { headers: { accept: 'text/html' } });
    expect([response.status, response.headers.get('content-type')]).toEqual([
      ...[404, 'application/json; charset=utf-8'],
    ]);
  });
});
