import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Slots } from '../../src/accounts/slots.ts';
import { execute } from '../../src/commands/execute.ts';
import { registry } from '../../src/commands/registry.ts';
import type { Actor, Place } from '../../src/domain/actor.ts';
import { AppError } from '../../src/domain/errors.ts';
import { mainAccount } from '../../src/domain/ids.ts';
import {
  bearer,
  createSegment,
  type FakeHttp,
  FIRST_SEQUENCE,
  startFakeHttp,
} from '../fakes/http-context.ts';
import { valueIn } from '../fakes/metric-values.ts';

let fake: FakeHttp;
beforeEach(async () => {
  fake = await startFakeHttp({ segmentsUrls: ['https://edge.example'] });
});
afterEach(() => fake.stop());

const ada: Actor = { platform: 'discord', id: 'discord:1', name: 'Ada', role: 'admin', language: 'en' };
const place: Place = { id: 'discord:7', platform: 'discord', language: 'en', isPrivate: false };
const value = async (metric: string) => valueIn((await fake.app.inject({ url: '/metrics' })).body, metric);
const play = (channel_id: number) =>
  fake.app.inject({ method: 'POST', url: '/set_active_stream', headers: bearer, payload: { channel_id } });
const SIZE = createSegment(0).bytes.length;

describe('traffic', () => {
  it('counts players of HLS, and the bytes of their segments', async () => {
    await fake.app.inject({ url: '/live/index.m3u8', headers: { 'user-agent': 'Kodi' } });
    expect(await value('zapette_viewers{output="hls"}')).toBe(1);
    expect(await value('zapette_out_bytes_total{output="hls"}')).toBe(0);
    await play(1);
    fake.publish();
    const { sequence = FIRST_SEQUENCE } = fake.screen.broadcast.live.playlist.listed().at(-1) ?? {};
    const { rawPayload } = await fake.app.inject({ url: `/live/seg/${sequence}.ts` });
    expect(await value('zapette_out_bytes_total{output="hls"}')).toBe(rawPayload.length);
    // Its head alone.
    await fake.app.inject({ method: 'HEAD', url: `/live/seg/${sequence}.ts` });
    expect(await value('zapette_out_bytes_total{output="hls"}')).toBe(rawPayload.length);
    expect(await value('zapette_out_bytes_total{output="edge"}')).toBe(0);
  });

  it('counts what edges take apart', async () => {
    await play(1);
    fake.publish();
    const { sequence } = fake.screen.broadcast.live.playlist.listed().at(-1) ?? {};
    const prefix = fake.context.edgePrefix.at(fake.clock.now());
    expect((await fake.app.inject({ url: `${prefix}/live/${sequence}.ts` })).statusCode).toBe(200);
    expect(await value('zapette_out_bytes_total{output="edge"}')).toBe(SIZE);
    expect(await value('zapette_out_bytes_total{output="hls"}')).toBe(0);
  });

  it('reads a stream without end while it goes on, and keeps its bytes', async () => {
    const url = await fake.listen();
    const leave = new AbortController();
    const response = await fetch(`${url}/live.ts`, { signal: leave.signal });
    await (response.body as ReadableStream<Uint8Array>).getReader().read();
    expect(await value('zapette_viewers{output="ts"}')).toBe(1);
    const sent = (await value('zapette_out_bytes_total{output="ts"}')) ?? 0;
    expect(sent).toBeGreaterThanOrEqual(2 * SIZE);
    leave.abort();
    await expect.poll(() => value('zapette_viewers{output="ts"}')).toBe(0);
    expect(await value('zapette_out_bytes_total{output="ts"}')).toBeGreaterThanOrEqual(sent);
  });
});

describe('what is on air', () => {
  it('has the bitrate and the age of the last segment, while there is a channel', async () => {
    expect(await value('zapette_source_bitrate_bits{screen="live"}')).toBeNull();
    expect(await value('zapette_segment_age_seconds{screen="live"}')).toBeNull();
    await play(1);
    fake.publish();
    expect(await value('zapette_source_bitrate_bits{screen="live"}')).toBe((SIZE * 8) / 2);
    await fake.clock.advance(4_000);
    expect(await value('zapette_segment_age_seconds{screen="live"}')).toBe(4);
    await fake.screen.broadcast.stop();
    expect(await value('zapette_segment_age_seconds{screen="live"}')).toBeNull();
  });

  it('counts switches by who wanted them, with the time that they took', async () => {
    expect(await value('zapette_switches_total{by="http"}')).toBe(0);
    await play(1);
    // It is on air already.
    await play(1);
    expect(await value('zapette_switches_total{by="http"}')).toBe(1);
    expect(await value('zapette_switch_seconds_count')).toBe(1);
    expect(await value('zapette_switches_total{by="chat"}')).toBe(0);
  });

  it('counts sources that fail on air, by the error', async () => {
    await play(1);
    fake.publish();
    fake.end(new AppError('channel_stalled'), true);
    await expect.poll(() => value('zapette_ffmpeg_restarts_total{reason="channel_stalled"}')).toBe(1);
    expect(await value('zapette_ffmpeg_restarts_total{reason="ffmpeg_failed"}')).toBeNull();
  });
});

describe('the rest', () => {
  it('counts the commands of bots by their result', async () => {
    const call = (command: string, values: string[] = [], actor = ada) =>
      execute(registry, fake.context, { actor, place }, { command, values });
    await call('status');
    await call('status');
    await call('restart', [], { ...ada, role: 'viewer' });
    await call('my secret');
    const of = (command: string, result: string) =>
      value(`zapette_bot_commands_total{bot="discord",command="${command}",result="${result}"}`);
    expect(await of('status', 'ok')).toBe(2);
    expect(await of('restart', 'not_allowed')).toBe(1);
    expect(await of('unknown', 'unknown_command')).toBe(1);
  });

  it('tells whether accounts can be used, and their connections', async () => {
    expect(await value('zapette_source_up{account="main"}')).toBe(1);
    expect(await value('zapette_slots_limit{account="main"}')).toBe(fake.context.slots.capacity);
    const { slots } = fake.context;
    if (!(slots instanceof Slots)) throw new Error('the fake has the slots of one account');
    expect(await value('zapette_slots_used{account="main"}')).toBe(0);
    slots.take({ holder: 'TF1', purpose: 'client', giveUp: async () => {} });
    expect(await value('zapette_slots_used{account="main"}')).toBe(1);
    fake.health.noteAccount(mainAccount, new AppError('account_expired'));
    expect(await value('zapette_source_up{account="main"}')).toBe(0);
  });

  it('counts recordings by state', async () => {
    expect(await value('zapette_recordings{state="failed"}')).toBe(0);
    const stop = new Date(fake.clock.now() + 3_600_000).toISOString();
    const planned = await fake.app.inject({
      method: 'POST',
      url: '/api/recordings',
      headers: bearer,
      payload: { channel_id: 1, stop },
    });
    expect(planned.statusCode).toBe(201);
    expect(await value('zapette_recordings{state="planned"}')).toBe(1);
  });

  it('tells of room on the disk, the guide, the event loop and edges', async () => {
    expect(await value('zapette_disk_free_bytes{volume="data"}')).toBeGreaterThan(0);
    expect(await value('zapette_guide_age_seconds')).toBe(60);
    expect(await value('zapette_event_loop_lag_seconds')).toBe(0.003);
    expect(await value('zapette_edges{works="true"}')).toBe(1);
    expect(await value('zapette_edges{works="false"}')).toBe(0);
  });
});
