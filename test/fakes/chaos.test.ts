import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findFfmpeg } from '../../src/stream/ffmpeg/binary.ts';
import {
  continuityCounter,
  decodingTimestamp,
  hasPayload,
  isUnitStart,
  PACKET_SIZE,
  pidOf,
  TICKS_PER_SECOND,
  ticksBetween,
} from '../../src/stream/mpeg-ts/packets.ts';
import { VIDEO_PID } from '../../src/stream/segments/segmenter.ts';
import { makers } from '../soak/faults.ts';
import { planFaults } from '../soak/schedule.ts';
import { effectOf, faultsIn, growth } from '../soak/verdicts.ts';
import { type Clip, type Look, looks, renderClip } from './chaos-clip.ts';
import { ChaosProvider } from './chaos-provider.ts';
import { type Behaviour, ChaosStream, wellBehaved } from './chaos-stream.ts';

let ffmpegPath: string;
let clips: Record<Look, Clip>;
beforeAll(async () => {
  ({ path: ffmpegPath } = await findFfmpeg(process.env.FFMPEG_PATH ?? null));
  clips = Object.fromEntries(
    await Promise.all(looks.map(async (look) => [look, await renderClip(ffmpegPath, look)] as const)),
  ) as Record<Look, Clip>;
});

/** Seconds of a channel whose behaviour changes at one second. */
function play(seconds: number, change?: { readonly at: number; readonly to: Partial<Behaviour> }): Buffer {
  const stream = new ChaosStream(clips);
  return Buffer.concat(
    Array.from({ length: seconds * 10 }, (_, tenth) => {
      const isChanged = change && tenth / 10 >= change.at;
      return stream.until((tenth / 10) * TICKS_PER_SECOND, {
        ...wellBehaved,
        ...(isChanged ? change.to : {}),
      });
    }),
  );
}

async function decode(ts: Buffer): Promise<string> {
  const { stderr } = await execa(
    ffmpegPath,
    ['-hide_banner', '-loglevel', 'error', '-f', 'mpegts', '-i', 'pipe:0', '-f', 'null', '-'],
    { input: ts, reject: false, timeout: 20_000 },
  );
  return stderr;
}

describe('a chaos channel', () => {
  it('loops its clip with continuous timestamps, counters and pictures', async () => {
    const ts = play(20);
    const counters = new Map<number, number>();
    const pictures: number[] = [];
    for (let at = 0; at < ts.length; at += PACKET_SIZE) {
      const pid = pidOf(ts, at);
      const last = counters.get(pid);
      if (last !== undefined)
        expect(continuityCounter(ts, at)).toBe((last + (hasPayload(ts, at) ? 1 : 0)) & 0x0f);
      counters.set(pid, continuityCounter(ts, at));
      const timestamp = pid === VIDEO_PID && isUnitStart(ts, at) ? decodingTimestamp(ts, at) : null;
      if (timestamp !== null) pictures.push(timestamp);
    }
    const steps = pictures.slice(1).map((timestamp, index) => ticksBetween(pictures[index] ?? 0, timestamp));
    expect(new Set(steps)).toEqual(new Set([TICKS_PER_SECOND / 25]));
    expect(pictures.length).toBeGreaterThan(19 * 25);
    expect(await decode(ts)).toBe('');
  });

  it.each<[string, Partial<Behaviour>, (pids: ReadonlySet<number>) => boolean]>([
    ['moves to other PIDs', { pidOffset: 32 }, (pids) => pids.has(VIDEO_PID + 32)],
    ['falls silent', { sound: 'silent' }, (pids) => !pids.has(VIDEO_PID + 1)],
    ['loses its picture', { hasPicture: false }, (pids) => !pids.has(VIDEO_PID)],
  ])('%s on demand', (_, to, isSo) => {
    const ts = play(12, { at: 4, to });
    const late = ts.subarray(ts.length - PACKET_SIZE * 200);
    const pids = new Set(Array.from({ length: 200 }, (_, index) => pidOf(late, index * PACKET_SIZE)));
    expect(isSo(pids)).toBe(true);
  });

  it('wraps its timestamps on demand', () => {
    const ts = play(12, { at: 2, to: { timeOffset: 2 ** 33 - 6 * TICKS_PER_SECOND } });
    const pictures: number[] = [];
    for (let at = 0; at < ts.length; at += PACKET_SIZE) {
      const timestamp = pidOf(ts, at) === VIDEO_PID && isUnitStart(ts, at) ? decodingTimestamp(ts, at) : null;
      if (timestamp !== null) pictures.push(timestamp);
    }
    expect(Math.max(...pictures)).toBeGreaterThan(2 ** 33 - TICKS_PER_SECOND);
    expect(pictures.at(-1)).toBeLessThan(12 * TICKS_PER_SECOND);
  });

  it('damages packets on demand', async () => {
    expect(await decode(play(12, { at: 2, to: { corruption: 0.02 } }))).not.toBe('');
  });
});

describe('the chaos provider', () => {
  let provider: ChaosProvider;
  beforeAll(async () => {
    provider = await ChaosProvider.start(ffmpegPath, 3, 2);
  });
  afterAll(() => provider.stop());

  const open = (id = 101) =>
    fetch(`${provider.panel.url}/live/user/pass/${id}.ts`, { signal: AbortSignal.timeout(5_000) });

  it('sends a stream that can be cut at any time, and refuses connections on demand', async () => {
    const answer = await open();
    const reader = answer.body?.getReader();
    expect((await reader?.read())?.value?.[0]).toBe(0x47);
    provider.cut('within a packet');
    await expect(
      (async () => {
        while (!(await reader?.read())?.done);
      })(),
    ).rejects.toThrow();
    provider.greeting = { kind: 'status', status: 458 };
    expect((await open()).status).toBe(458);
    provider.recover();
    const again = await open();
    expect(again.status).toBe(200);
    await again.body?.cancel();
    await expect.poll(() => provider.open).toBe(0);
  });
});

describe('the schedule', () => {
  const options = { seconds: 3_600, every: 20, peace: 9 };

  it('depends on the seed alone, and has every kind of fault in an hour', () => {
    const summary = (seed: number) =>
      planFaults({ ...options, seed }).map(({ at, fault: { kind, length, away } }) => [
        at,
        kind,
        length,
        away,
      ]);
    expect(summary(7)).toEqual(summary(7));
    expect(summary(7)).not.toEqual(summary(8));
    expect(new Set(summary(7).map(([, kind]) => kind)).size).toBe(makers.length);
  });

  it('has only the requested kinds, and names a requested kind that does not exist', () => {
    const planned = planFaults({ ...options, seed: 3, only: ['stalls', '458'] });
    expect(new Set(planned.map(({ fault }) => fault.kind))).toEqual(new Set(['stalls', 'refused with 458']));
    expect(() => planFaults({ ...options, seed: 3, only: ['flood'] })).toThrow('flood');
  });

  it('leaves quiet time between faults, and ends in time', () => {
    const planned = planFaults({ ...options, seed: 3 });
    for (const [index, { at, fault }] of planned.entries()) {
      expect(planned[index + 1]?.at ?? options.seconds).toBeGreaterThanOrEqual(
        at + fault.length + options.peace,
      );
    }
  });
});

describe('the verdicts', () => {
  const fault = { kind: 'down', length: 5, away: 5, begin: () => {} };

  it('count only the time after the provider is back', () => {
    const effect = effectOf({ at: 10, fault }, [10, 30], [{ from: 9, to: 18 }], '');
    expect([effect.gap, effect.ours]).toEqual([9, 3]);
    const slow = effectOf({ at: 10, fault: { ...fault, away: 0 } }, [10, 30], [{ from: 9, to: 18 }], '');
    expect(slow.ours).toBe(9);
  });

  it('judge memory by its trend after warm-up, and only over a long enough time', () => {
    const sample = (minute: number, rss: number) => ({
      at: minute * 60,
      memory: { rss: rss * 1024 * 1024, heapUsed: 0, external: 0 },
    });
    const flat = Array.from({ length: 60 }, (_, minute) =>
      sample(minute, minute < 10 ? 100 + 10 * minute : 200),
    );
    const leak = flat.map((each, minute) => sample(minute, each.memory.rss / 1024 / 1024 + minute));
    expect(growth(flat, 60, 'rss')).toBe(0);
    expect((growth(leak, 60, 'rss') ?? 0) / 1024 / 1024).toBeCloseTo(60);
    expect(growth(leak, 10, 'rss')).toBeNull();
  });

  it('name every failed requirement', () => {
    const findings = {
      effects: [effectOf({ at: 10, fault }, [10, 40], [{ from: 9, to: 25 }], '')],
      problems: ['ENDLIST'],
      growth: 11 * 1024 * 1024,
      orphans: [5],
      leakedSlots: 1,
      mostSlots: 2,
      allowedSlots: 1,
      leakedDescriptors: ['9 of pipe'],
      leftFfmpegs: 1,
      failedPlayers: ['mpv ended'],
      lostWishes: ['Chaos 3'],
      chatTroubles: ['silence'],
    };
    expect(faultsIn(findings).length).toBe(11);
    expect(faultsIn(findings, 10).length).toBe(10);
    const none = {
      ...findings,
      effects: [],
      problems: [],
      growth: 0,
      orphans: [],
      leakedSlots: 0,
      mostSlots: 1,
    };
    expect(
      faultsIn({
        ...none,
        leakedDescriptors: [],
        leftFfmpegs: 0,
        failedPlayers: [],
        lostWishes: [],
        chatTroubles: [],
      }),
    ).toEqual([]);
  });
});
