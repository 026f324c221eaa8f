import { execa } from 'execa';
import { afterEach, describe, expect, it } from 'vitest';
import type { AppError } from '../../../src/domain/errors.ts';
import type { Trouble } from '../../../src/domain/trouble.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { findFfmpeg } from '../../../src/stream/ffmpeg/binary.ts';
import { HealthWatch } from '../../../src/stream/health/health-watch.ts';
import { probeKeyframes } from '../../../src/stream/health/keyframe-probe.ts';
import type { OnAirItem } from '../../../src/stream/screen/on-air-item.ts';
import { type CutSegment, Segmenter } from '../../../src/stream/segments/segmenter.ts';
import { makeBroadcast, wishFor } from '../../fakes/broadcast-bench.ts';
import { FakeClock, settle } from '../../fakes/fake-clock.ts';
import { makeLiveChannel } from '../../fakes/live-channel.ts';
import { mainId } from '../../fakes/main-id.ts';
import { makeTs, type RealTsOptions } from '../../fakes/real-ts.ts';
import { silentLogger } from '../../fakes/silent-logger.ts';

const { path: ffmpegPath } = await findFfmpeg(null);
const SECONDS = 110;
const video = { seconds: SECONDS, gop: 50 } as const;

const isBlackFrom = (second: number) => `drawbox=t=fill:c=black:enable='gte(t,${second})'`;
const isFrozenFrom = (second: number) => `trim=0:${second},tpad=stop_mode=clone:stop_duration=${SECONDS}`;
const isSilentFrom = (second: number) => `volume=0:enable='gte(t,${second})'`;

/** Cuts a stream into segments of two seconds. */
function segmentsOf(stream: Buffer): CutSegment[] {
  const segments: CutSegment[] = [];
  const segmenter = new Segmenter({ shouldCut: ({ keyframe }) => keyframe }, systemClock, (segment) =>
    segments.push(segment),
  );
  segmenter.write(stream);
  segmenter.end();
  return segments;
}

const endings: (() => void)[] = [];
afterEach(() => {
  for (const end of endings.splice(0)) end();
});

interface Watched {
  /** Seconds at which the reported trouble changed. */
  readonly reports: { readonly at: number; readonly kind: Trouble['kind'] | null }[];
  readonly failedOver: { readonly at: number; readonly code: string }[];
  readonly probes: number;
}

/** Publishes a channel segment by segment; only the clock is fake. */
async function watch(
  options: Omit<RealTsOptions, 'seconds'>,
  {
    acts = false,
    damage = () => 0,
    channelAt = () => 1,
  }: {
    acts?: boolean;
    damage?: (second: number) => number;
    channelAt?: (second: number) => number;
  } = {},
): Promise<Watched> {
  const stream = await makeTs({ ...video, ...options });
  const clock = new FakeClock();
  const live = makeLiveChannel(clock);
  const from = clock.monotonic();
  const at = () => Math.round((clock.monotonic() - from) / 1_000);
  const { status } = makeBroadcast().broadcast;
  const item: OnAirItem = { wish: wishFor(1), standIn: null, askedBy: null, startedAt: 1 };
  const failedOver: { at: number; code: string }[] = [];
  let packets = { all: 0, damaged: 0 };
  let probes = 0;
  let looking: Promise<unknown> = Promise.resolve();
  const health = new HealthWatch({
    broadcast: {
      ...{ live, item },
      get status() {
        const number = channelAt(at());
        return {
          ...status,
          state: 'live' as const,
          channel: { id: mainId(number), name: `Channel ${number}` },
        };
      },
      failOver: async ({ code }: AppError) => {
        failedOver.push({ at: at(), code });
        return true;
      },
    },
    tuners: { damageOf: () => packets },
    groupOf: (id) => id,
    probe: (segments, signal) => {
      probes++;
      const probe = probeKeyframes(segments, { ffmpegPath, signal });
      looking = probe.catch(() => {});
      return probe;
    },
    ...{ acts, clock, logger: silentLogger },
  });
  health.start();
  endings.push(() => health.stop());
  live.viewers.connected();
  const reports: { at: number; kind: Trouble['kind'] | null }[] = [];
  health.subscribe(() => reports.push({ at: at(), kind: health.trouble?.kind ?? null }));
  const publisher = {};
  for (const segment of segmentsOf(stream)) {
    await clock.advance(2_000);
    packets = { all: packets.all + 1_000, damaged: packets.damaged + 1_000 * damage(at()) };
    live.publish(segment, publisher);
    await looking;
    await settle();
  }
  return { reports, failedOver, probes };
}

describe('HealthWatch', { timeout: 120_000 }, () => {
  it('reports nothing for a good channel, and hardly probes it', async () => {
    const { reports, probes } = await watch({});
    expect(reports).toEqual([]);
    expect(probes).toBeLessThan(3);
  });

  it('reports a black picture after 20 seconds, and fails over once after a minute', async () => {
    const { reports, failedOver } = await watch({ filter: isBlackFrom(14) }, { acts: true });
    expect(reports).toEqual([{ at: expect.any(Number), kind: 'black' }]);
    expect(reports[0]?.at).toBeGreaterThanOrEqual(34);
    expect(reports[0]?.at).toBeLessThan(48);
    expect(failedOver).toEqual([{ at: expect.any(Number), code: 'channel_black' }]);
    expect(failedOver[0]?.at).toBeGreaterThanOrEqual(74);
    expect(failedOver[0]?.at).toBeLessThan(90);
  });

  it('reports a picture that turns black after five seconds, and does not fail over unless allowed to', async () => {
    const { reports, failedOver } = await watch({ filter: isBlackFrom(5) });
    expect(reports).toEqual([{ at: expect.any(Number), kind: 'black' }]);
    expect(reports[0]?.at).toBeLessThan(45);
    expect(failedOver).toEqual([]);
  });

  it('reports the end of a black picture', async () => {
    const { reports } = await watch({ filter: `drawbox=t=fill:c=black:enable='between(t,14,60)'` });
    expect(reports.map(({ kind }) => kind)).toEqual(['black', null]);
    expect(reports[1]?.at).toBeLessThan(72);
  });

  it('reports a frozen picture after 40 seconds, and fails over a while later if it is silent too', async () => {
    const { reports, failedOver } = await watch(
      { filter: isFrozenFrom(14), soundFilter: isSilentFrom(14) },
      { acts: true },
    );
    expect(reports[0]).toMatchObject({ kind: 'frozen' });
    expect(reports[0]?.at).toBeGreaterThanOrEqual(54);
    expect(reports[0]?.at).toBeLessThan(68);
    expect(failedOver).toMatchObject([{ code: 'channel_frozen' }]);
  });

  it('reports silence after a minute, and never fails over because of it', async () => {
    const { reports, failedOver } = await watch({ soundFilter: isSilentFrom(14) }, { acts: true });
    expect(reports).toEqual([{ at: expect.any(Number), kind: 'silent' }]);
    expect(reports[0]?.at).toBeGreaterThanOrEqual(74);
    expect(failedOver).toEqual([]);
  });

  it('reports nothing for radio with a still picture, or for a dark scene', async () => {
    const still = await watch({ filter: isFrozenFrom(0.04) }, { acts: true });
    const dark = await watch({ filter: 'eq=brightness=-0.35:contrast=0.3' }, { acts: true });
    expect([still.reports, still.failedOver, dark.reports]).toEqual([[], [], []]);
  });

  it('reports a mute still that another channel has shown as a notice of the provider', async () => {
    const { reports, failedOver } = await watch(
      { filter: isFrozenFrom(0.04), soundFilter: isSilentFrom(0) },
      { acts: true, channelAt: (second) => (second < 60 ? 1 : 2) },
    );
    expect(reports).toEqual([{ at: expect.any(Number), kind: 'notice' }]);
    expect(reports[0]?.at).toBeGreaterThan(60);
    expect(reports[0]?.at).toBeLessThan(76);
    expect(failedOver).toMatchObject([{ code: 'channel_notice' }]);
  });

  it('reports damaged packets while they come', async () => {
    const { reports } = await watch({}, { damage: (second) => (second > 20 && second < 60 ? 0.02 : 0) });
    expect(reports.map(({ kind }) => kind)).toEqual(['damaged', null]);
  });
});

describe('probeKeyframes', () => {
  it('counts errors of broken packets, and none of good ones', async () => {
    const good = await makeTs({ seconds: 6, rate: 25, gop: 25 });
    const broken = Buffer.from(good);
    for (let at = 20 * 188; at < broken.length; at += 9 * 188) broken.fill(0x55, at + 60, at + 160);
    const signal = new AbortController().signal;
    expect((await probeKeyframes([good], { ffmpegPath, signal })).errors).toBe(0);
    expect((await probeKeyframes([broken], { ffmpegPath, signal })).errors).toBeGreaterThan(4);
  });

  it('ends its FFmpeg when it is aborted', async () => {
    const abort = new AbortController();
    const looking = probeKeyframes([await makeTs({ seconds: 2 })], { ffmpegPath, signal: abort.signal });
    abort.abort();
    await expect(looking).rejects.toThrow();
    const { stdout } = await execa('ps', ['-o', 'args=', '--ppid', String(process.pid)]);
    expect(stdout).not.toContain('volumedetect');
  });
});
