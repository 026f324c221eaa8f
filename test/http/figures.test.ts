import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Figures } from '../../src/metrics/figures.ts';
import { SentBytes } from '../../src/outputs/sent-bytes.ts';
import { bearer, type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';

let fake: FakeHttp;
let figures: Figures;
let sent: SentBytes;
beforeEach(async () => {
  fake = await startFakeHttp();
  sent = new SentBytes();
  figures = new Figures({ screens: fake.context.screens, sent, lag: { worst: 0.25 }, clock: fake.clock });
  Object.assign(fake.context, { figures });
  figures.start();
});
afterEach(async () => {
  figures.stop();
  await fake.stop();
});

const get = async (query = '', headers: Record<string, string> = bearer) =>
  fake.app.inject({ url: `/api/figures${query}`, headers });
const items = async (query = '') => (await get(query)).json<{ items: { at: string }[] }>().items;

describe('GET /api/figures', () => {
  it('is for admins', async () => {
    expect((await get('', {})).statusCode).toBe(401);
    expect((await get('', {})).body).not.toContain('items');
  });

  it('has what happened in each ten seconds', async () => {
    expect(await items()).toEqual([]);
    await fake.clock.advance(10_000);
    sent.add('hls', 1_000_000);
    figures.noteSwitch(1.5);
    figures.noteSwitch(0.5);
    await fake.app.inject({ url: '/live/index.m3u8' });
    await fake.clock.advance(10_000);
    await fake.clock.advance(10_000);
    expect(await items()).toMatchObject([
      { viewers: 0, bits_in: 0, bits_out: 0, segment_age: null, switch_seconds: null, lag: 0.25 },
      { viewers: 1, bits_out: 800_000, switch_seconds: 1.5 },
      { viewers: 1, bits_out: 0, switch_seconds: null },
    ]);
  });

  it('has the channel’s bitrate and the age of its last segment', async () => {
    await fake.app.inject({
      method: 'POST',
      url: '/set_active_stream',
      headers: bearer,
      payload: { channel_id: 1 },
    });
    fake.publish();
    await fake.clock.advance(10_000);
    const { bitrate } = fake.screen.broadcast.status;
    expect(bitrate).toBeGreaterThan(0);
    expect(await items()).toMatchObject([{ segment_age: 10, bits_in: bitrate }]);
  });

  it('keeps an hour, and gives what has come since', async () => {
    await fake.clock.advance(3_700_000);
    const all = await items();
    expect(all).toHaveLength(360);
    expect(await items(`?after=${all.at(-3)?.at}`)).toEqual(all.slice(-2));
  });
});
