import type { ServerResponse } from 'node:http';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Slots } from '../../../src/accounts/slots.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { findFfmpeg } from '../../../src/stream/ffmpeg/binary.ts';
import { TICKS_PER_SECOND } from '../../../src/stream/mpeg-ts/packets.ts';
import { AudioChoices } from '../../../src/stream/screen/audio-choices.ts';
import { ChannelFeed } from '../../../src/stream/screen/channel-feed.ts';
import type { CutSegment } from '../../../src/stream/segments/segmenter.ts';
import { Tuners } from '../../../src/stream/tuner/tuners.ts';
import { poolOf } from '../../fakes/account-pool.ts';
import { watchOutcome } from '../../fakes/broadcast-bench.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { ffmpegsOf } from '../../fakes/ffmpegs-of.ts';
import { mainId } from '../../fakes/main-id.ts';
import { Origin, says, sends, silence, television } from '../../fakes/origin.ts';
import { makeTs } from '../../fakes/real-ts.ts';
import { silentLogger } from '../../fakes/silent-logger.ts';

const timeouts = { firstByte: 10_000, silence: 10_000, refusals: 0 };
const never = new AbortController().signal;

let ts: Buffer;
let ffmpegPath: string;
let origin: Origin;
let slots: Slots;
let tuners: Tuners;
let clock: FakeClock;
let response: ServerResponse;
const feeds: ChannelFeed[] = [];

beforeAll(async () => {
  ffmpegPath = (await findFfmpeg(null)).path;
  ts = await makeTs({ seconds: 5 });
});
beforeEach(async () => {
  clock = new FakeClock();
  origin = await new Origin().start();
  origin.answer((request, answer) => {
    response = answer;
    sends(ts)(request, answer);
  });
  slots = new Slots(1);
  const { http } = origin;
  const accounts = poolOf({ slots, http, urlOf: (id) => origin.url(`/${id}`) });
  tuners = new Tuners(accounts, { clock: systemClock, logger: silentLogger, timeouts });
});
afterEach(async () => {
  await Promise.all(feeds.splice(0).map((feed) => feed.stop()));
  expect(clock.pending).toBe(0);
  expect(slots.free).toBe(1);
  await tuners.stop();
  await origin.stop();
});

describe('ChannelFeed', () => {
  it('resolves start with the first segment, and delivers the rest at stop', async () => {
    const { feed, segments } = make();
    await feed.start(never);
    expect(segments.length).toBeGreaterThan(0);
    expect(segments[0]?.independent).toBe(true);
    expect(slots.holders).toEqual(['Channel 1']);
    await vi.waitFor(() => expect(segments.length).toBeGreaterThan(2), { timeout: 10_000 });
    const before = segments.length;
    await feed.stop();
    expect(segments).toHaveLength(before + 1);
    expect(slots.free).toBe(1);
    await expect(feed.ended).resolves.toMatchObject({ error: { code: 'channel_ended' } });
    await feed.stop();
    expect(segments).toHaveLength(before + 1);
    const seconds = segments.reduce((sum, { ticks }) => sum + ticks, 0) / TICKS_PER_SECOND;
    expect(seconds).toBeGreaterThan(3);
    expect(seconds).toBeLessThanOrEqual(5);
  });

  it.each(['SIGKILL', 'SIGTERM'])(
    'ends with an FFmpeg that gets %s, and its successor joins the connection',
    async (signal) => {
      const { feed } = make();
      await feed.start(never);
      const killed = await ffmpegsOf(process.pid);
      expect(killed).toHaveLength(1);
      process.kill(killed[0] ?? 0, signal);
      await expect(feed.ended).resolves.toMatchObject({ error: { code: 'ffmpeg_failed' }, retry: true });
      const { feed: successor, segments } = make();
      const starting = successor.start(never);
      await vi.waitFor(async () => expect(await ffmpegsOf(process.pid)).toHaveLength(1), { timeout: 10_000 });
      await feed.stop();
      response.write(ts);
      await starting;
      expect(segments.length).toBeGreaterThan(0);
      expect(origin.requests).toHaveLength(1);
    },
  );

  it('ends with its source', async () => {
    const { feed } = make();
    await feed.start(never);
    response.end();
    await expect(feed.ended).resolves.toMatchObject({ error: { code: 'channel_ended' }, retry: true });
  });

  it('throws why the channel cannot be opened', async () => {
    origin.answer(says(404));
    await expect(make().feed.start(never)).rejects.toMatchObject({ code: 'channel_dead' });
  });

  it('throws ffmpeg_missing if there is no FFmpeg', async () => {
    await expect(make('no-such-program-here').feed.start(never)).rejects.toMatchObject({
      code: 'ffmpeg_missing',
    });
  });

  it.each([
    ['connecting', silence()],
    ['waiting for a picture', sends(television)],
  ])('leaves nothing open if it is called off while %s', async (_, answer) => {
    origin.answer(answer);
    const abort = new AbortController();
    const outcome = watchOutcome(make().feed.start(abort.signal));
    await vi.waitFor(() => expect(origin.requests).toHaveLength(1), { timeout: 10_000 });
    abort.abort(new Error('gone'));
    await vi.waitFor(() => expect(outcome()).toBe('Error: gone'), { timeout: 10_000 });
    expect(slots.free).toBe(1);
  });

  it('gives up on a source without a first picture', async () => {
    origin.answer(sends(television));
    const outcome = watchOutcome(make().feed.start(never));
    await vi.waitFor(() => expect(clock.pending).toBe(2), { timeout: 10_000 });
    await clock.advance(20_000);
    await vi.waitFor(() => expect(outcome()).toBe('channel_not_video'), { timeout: 10_000 });
  });

  it('ends if no picture follows', async () => {
    const { feed } = make();
    await feed.start(never);
    const ended = watchOutcome(feed.ended);
    await clock.advance(5_000);
    expect(ended()).toBe('pending');
    await clock.advance(1_000);
    await expect(feed.ended).resolves.toMatchObject({ error: { code: 'channel_stalled' }, retry: true });
  });
});

function make(path = ffmpegPath): { feed: ChannelFeed; segments: CutSegment[] } {
  const segments: CutSegment[] = [];
  const audioChoices = new AudioChoices(() => []);
  const output = { audio: 'aac', videoEncoder: 'libx264' } as const;
  const feed = new ChannelFeed(
    { channelId: mainId(1), name: 'Channel 1' },
    { tuners, ffmpegPath: path, output, audioChoices, clock, logger: silentLogger },
    {
      onSegment: (segment) => {
        segments.push(segment);
        return true;
      },
      catchesUp: () => false,
    },
  );
  feeds.push(feed);
  return { feed, segments };
}
