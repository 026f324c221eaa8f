import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { owner } from '../../src/access/visitor.ts';
import { asDelivered } from '../fakes/as-delivered.ts';
import { createSegment, type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';
import { mainId } from '../fakes/main-id.ts';
import { Origin, says, sends, television } from '../fakes/origin.ts';

const NAME = 'Jellyfin in the living room';
let origin: Origin;
let fake: FakeHttp;
let token: string;
beforeEach(async () => {
  origin = await new Origin().start();
  origin.answer(sends());
  fake = await startFakeHttp({ origin, settings: { OUTPUT_CHANNELS: 'all' } });
  token = fake.context.clients.make(NAME, 'jellyfin', owner).token;
  await fake.context.lineUp.settled();
});
afterEach(async () => {
  await fake.stop();
  await origin.stop();
});

const channel = asDelivered(television);
const numberOf = (name: string) => fake.context.lineUp.entries().find((each) => each.name === name)?.number;
const inUse = () => fake.context.clients.list()[0];

/** Opens an address below the client's, and reads so many bytes. */
async function open(path: string, size: number) {
  const url = await fake.listen();
  const leave = new AbortController();
  const response = await fetch(`${url}/t/${token}${path}`, { signal: leave.signal });
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  let bytes = Buffer.alloc(0);
  while (bytes.length < size) {
    const { value, done } = await reader.read();
    if (done) break;
    bytes = Buffer.concat([bytes, value]);
  }
  return { response, bytes, reader, leave: () => leave.abort() };
}

describe('/t/<token>/ch/<number>.ts', () => {
  it('is the channel in one endless body, and its connection closes when the player leaves', async () => {
    const { response, bytes, leave } = await open(`/ch/${numberOf('Canal+')}.ts`, channel.length);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'video/mp2t']);
    expect(bytes.equals(channel)).toBe(true);
    expect(origin.requests).toEqual(['/2']);
    expect(inUse()?.playing).toEqual(['Canal+']);
    expect(fake.context.sent.total('clients')).toBeGreaterThanOrEqual(channel.length);
    leave();
    await expect.poll(() => inUse()?.playing).toEqual([]);
    await expect.poll(() => origin.open).toBe(0);
  });

  it('is the screen for number 1', async () => {
    const { bytes, leave } = await open('/ch/1.ts', createSegment(0).bytes.length);
    expect(bytes[0]).toBe(0x47);
    expect(origin.requests).toEqual([]);
    expect(fake.screen.broadcast.status.viewers).toBe(1);
    leave();
    await expect.poll(() => fake.screen.broadcast.status.viewers).toBe(0);
  });

  it('says by HEAD what it is, and opens nothing', async () => {
    const url = `/t/${token}/ch/${numberOf('Canal+')}.ts`;
    const response = await fake.app.inject({ method: 'HEAD', url });
    expect([response.statusCode, response.headers['content-type'], response.body]).toEqual([
      ...[200, 'video/mp2t', ''],
    ]);
    expect(origin.requests).toEqual([]);
  });

  it('is 503 without a body where all connections are in use, and the log and the list say who was refused', async () => {
    const lease = await fake.context.tuners.acquire(
      { channelId: mainId(1), name: 'TF1 HD' },
      'screen',
      new AbortController().signal,
    );
    const response = await fake.app.inject({
      url: `/t/${token}/ch/${numberOf('Canal+')}.ts`,
      headers: { accept: 'text/html' },
    });
    expect([response.statusCode, response.body]).toEqual([503, '']);
    expect(inUse()).toMatchObject({
      playing: [],
      refusal: { channelName: 'Canal+', code: 'no_slot', params: { holders: 'TF1 HD' } },
    });
    expect(fake.log().map(({ msg }) => msg)).toContain(`${NAME} was refused Canal+`);
    await lease.release();
  });

  it('gives a failing channel’s status without a body', async () => {
    origin.answer(says(404));
    const response = await fake.app.inject({ url: `/t/${token}/ch/${numberOf('Canal+')}.ts` });
    expect(response.statusCode).toBeGreaterThanOrEqual(400);
    expect(response.body).toBe('');
    expect(inUse()?.refusal?.channelName).toBe('Canal+');
  });

  it.each(['99999.ts', '0.ts', '-1.ts', 'x.ts', '1', '1.mp4', '1.ts.ts', '9999999999.ts'])(
    'is not found for %s',
    async (file) => {
      const response = await fake.app.inject({ url: `/t/${token}/ch/${file}` });
      expect(response.statusCode).toBe(404);
    },
  );

  it('is nothing for a wrong token', async () => {
    const response = await fake.app.inject({ url: `/t/wrong/ch/${numberOf('Canal+')}.ts` });
    expect([response.statusCode, origin.requests]).toEqual([404, []]);
  });

  it('ends at once with its client', async () => {
    const { reader } = await open(`/ch/${numberOf('Canal+')}.ts`, channel.length);
    fake.context.clients.end(inUse()?.id ?? 0, owner);
    const isOver = (async () => {
      while (!(await reader.read()).done);
    })().catch(() => {});
    await isOver;
    await expect.poll(() => origin.open).toBe(0);
    expect((await fake.app.inject({ url: `/t/${token}/ch/1.ts` })).statusCode).toBe(404);
  });
});

describe('the shared screen below /t/<token>', () => {
  it('is /live.ts, which ends with its client', async () => {
    const { bytes, reader } = await open('/live.ts', createSegment(0).bytes.length);
    expect(bytes[0]).toBe(0x47);
    expect(inUse()?.playing).toEqual(['Live']);
    fake.context.clients.end(inUse()?.id ?? 0, owner);
    await expect(
      (async () => {
        while (!(await reader.read()).done);
      })(),
    ).rejects.toThrow();
  });

  it('is HLS too, whose every address has the token, without a key', async () => {
    await fake.stop();
    fake = await startFakeHttp({ origin, key: true });
    ({ token } = fake.context.clients.make(NAME, 'kodi', owner));
    const base = `/t/${token}`;
    const { body } = await fake.app.inject({ url: `${base}/live.m3u8`, headers: { host: 'nas.local:8002' } });
    expect(body).toContain(`http://nas.local:8002${base}/live/index.m3u8\n`);
    const sequence = fake.publish(0x63);
    const list = await fake.app.inject({ url: `${base}/live/index.m3u8` });
    expect(list.body).toContain(`\nseg/${sequence}.ts\n`);
    const segment = await fake.app.inject({ url: `${base}/live/seg/${sequence}.ts` });
    expect([segment.statusCode, segment.headers['content-type']]).toEqual([200, 'video/mp2t']);
    for (const path of ['live.m3u8', 'live/index.m3u8', `live/seg/${sequence}.ts`, 'live.ts'])
      expect((await fake.app.inject({ url: `/t/wrong/${path}` })).statusCode).toBe(404);
  });
});

describe('logos below /t/<token>', () => {
  it('come from us alone', async () => {
    const png = Buffer.from('89504e47', 'hex');
    fake.web
      .get('http://logos.example')
      .intercept({ path: '/1.png' })
      .reply(200, png, { headers: { 'content-type': 'image/png' } });
    const get = (path: string) => fake.app.inject({ url: `/t/${token}${path}` });
    const logo = await get(`/logo/${numberOf('TF1')}`);
    expect([logo.statusCode, logo.headers['content-type']]).toEqual([200, 'image/png']);
    expect(logo.rawPayload.equals(png)).toBe(true);
    for (const path of ['/logo.png', `/logo/${numberOf('Canal+')}`, `/logo/${numberOf('Arte')}`, '/logo/x'])
      expect([(await get(path)).statusCode, (await get(path)).headers.location]).toEqual([302, '/logo.png']);
    expect((await fake.app.inject({ url: '/t/wrong/logo.png' })).statusCode).toBe(404);
  });
});
