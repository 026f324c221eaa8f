import { describe, expect, it } from 'vitest';
import { decodingTimestamp, PACKET_SIZE } from '../../../src/stream/mpeg-ts/packets.ts';
import type { FillMode, LiveChannel } from '../../../src/stream/screen/live-channel.ts';
import { FakeClock, settle } from '../../fakes/fake-clock.ts';
import { FIRST_SEQUENCE, makeLiveChannel } from '../../fakes/live-channel.ts';
import { labelOf, segmentOf } from '../../fakes/synthetic-segment.ts';

const TICK = 250;
const form = {
  uri: ({ sequence }: { readonly sequence: number }) => `seg/${sequence}.ts`,
  blockingReload: false,
  discontinuities: true,
};

describe('LiveChannel', () => {
  it('marks a change of source with one discontinuity, and goes on in time', () => {
    const live = makeLiveChannel(new FakeClock());
    const [a, b] = [{}, {}];
    live.publish(segmentOf('a0', { start: 50 }), a);
    live.publish(segmentOf('a1', { start: 52 }), a);
    live.publish(segmentOf('b0', { start: 7_000 }), b);
    live.publish(segmentOf('b1', { start: 7_002 }), b);
    live.publish(segmentOf('a2', { start: 54 }), a);
    expect(live.playlist.listed().map(({ discontinuity }) => discontinuity)).toEqual([
      true,
      false,
      true,
      false,
      true,
    ]);
    expect(times(live)).toEqual([10, 12, 14, 16, 18]);
    expect(live.firstSegment).toBe(FIRST_SEQUENCE + 4);
  });

  it('fills up to a lead with slate if nothing is on, without a discontinuity where it loops', () => {
    const clock = new FakeClock();
    const live = makeLiveChannel(clock);
    watch(live, clock, 'idle', 20_000);
    expect(labels(live).slice(0, 7)).toEqual([0, 1, 2, 0, 1, 2, 0].map((index) => `slate ${index}`));
    expect(live.playlist.listed().filter(({ discontinuity }) => discontinuity)).toHaveLength(1);
    expect(times(live)).toEqual(times(live).map((_, index) => 10 + 2 * index));
    const ahead = total(live) - 20;
    expect(ahead).toBeGreaterThanOrEqual(4);
    expect(ahead).toBeLessThanOrEqual(6);
  });

  it.each<[FillMode, number]>([
    ['live', 3],
    ['between', 1.5],
  ])('while %s, shows the slate %s s after players have run out', (mode, patience) => {
    const clock = new FakeClock();
    const live = makeLiveChannel(clock);
    live.publish(segmentOf('a0'), {});
    const from = clock.monotonic();
    while (labels(live).at(-1) === 'a0') watch(live, clock, mode, TICK);
    expect((clock.monotonic() - from) / 1000).toBeCloseTo(2 + patience, 0);
    expect(live.playlist.listed().at(-1)?.discontinuity).toBe(true);
  });

  it.each<FillMode>(['live', 'between'])('while %s, shows just enough of the slate then', (mode) => {
    const clock = new FakeClock();
    const live = makeLiveChannel(clock);
    live.publish(segmentOf('a0'), {});
    watch(live, clock, mode, 5_000);
    const before = total(live);
    watch(live, clock, mode, 20_000);
    expect(total(live) - before).toBeCloseTo(20, -0.5);
  });

  it('shows no slate if the source is in time', () => {
    const clock = new FakeClock();
    const live = makeLiveChannel(clock);
    const feed = {};
    for (let index = 0; index < 30; index++) {
      live.publish(segmentOf(`a${index}`, { start: 2 * index }), feed);
      watch(live, clock, 'live', index % 5 === 0 ? 4_500 : 1_500);
    }
    expect(labels(live).filter((label) => label.startsWith('slate'))).toEqual([]);
    expect(live.playlist.listed().filter(({ discontinuity }) => discontinuity)).toHaveLength(0);
  });

  it('begins and ends the slate with one discontinuity each', () => {
    const clock = new FakeClock();
    const live = makeLiveChannel(clock);
    const feed = {};
    live.publish(segmentOf('a0'), feed);
    watch(live, clock, 'live', 8_000);
    live.publish(segmentOf('a1', { start: 10 }), feed);
    live.publish(segmentOf('a2', { start: 12 }), feed);
    const slate = labels(live).filter((label) => label.startsWith('slate')).length;
    expect(slate).toBeGreaterThan(0);
    const flags = live.playlist.listed().map(({ discontinuity }) => discontinuity);
    expect(flags).toEqual([true, true, ...Array<boolean>(slate - 1).fill(false), true, false]);
    expect(times(live)).toEqual(times(live).map((_, index) => 10 + 2 * index));
  });

  it('shows the slate from its beginning each time', () => {
    const clock = new FakeClock();
    const live = makeLiveChannel(clock);
    for (const name of ['a', 'b']) {
      live.publish(segmentOf(name), {});
      watch(live, clock, 'idle', TICK);
    }
    expect(labels(live)).toContain('slate 0');
    expect(labels(live)[labels(live).lastIndexOf('b') + 1]).toBe('slate 0');
  });

  it('shows the slate in time though players have a reserve after many switches', () => {
    const clock = new FakeClock();
    const live = makeLiveChannel(clock);
    // Each of six providers sends eight seconds at once, and is switched away from after two.
    for (let round = 0; round < 6; round++) {
      const feed = {};
      for (let index = 0; index < 4; index++) live.publish(segmentOf('x', { start: 2 * index }), feed);
      watch(live, clock, 'live', 2_000);
    }
    const from = clock.monotonic();
    while (!labels(live).at(-1)?.startsWith('slate')) watch(live, clock, 'between', TICK);
    expect((clock.monotonic() - from) / 1000).toBeLessThan(15);
  });

  it('measures the bitrate of the last segments', () => {
    const live = makeLiveChannel(new FakeClock());
    expect(live.bitrate).toBeNull();
    for (let index = 0; index < 8; index++) live.publish(segmentOf('a', { start: 2 * index }), live);
    expect(live.bitrate).toBe((3 * PACKET_SIZE * 8) / 2);
  });

  it('renders a playlist once between two segments', () => {
    const live = makeLiveChannel(new FakeClock());
    live.publish(segmentOf('a'), live);
    const text = live.playlist.text(form);
    expect(live.playlist.text(form)).toBe(text);
    expect(live.playlist.text({ ...form, blockingReload: true })).not.toEqual(text);
    live.publish(segmentOf('b', { start: 2 }), live);
    expect(live.playlist.text(form).toString()).toContain(`seg/${FIRST_SEQUENCE + 1}.ts`);
  });

  describe('until', () => {
    const never = new AbortController().signal;

    it('resolves at once if the segment is listed', async () => {
      const live = makeLiveChannel(new FakeClock());
      live.publish(segmentOf('a'), live);
      await live.until(FIRST_SEQUENCE, 5_000, never);
    });

    it('waits for the segment, and for no other', async () => {
      const live = makeLiveChannel(new FakeClock());
      const done = observe(live.until(FIRST_SEQUENCE + 1, 5_000, never));
      live.publish(segmentOf('a'), live);
      await settle();
      expect(done()).toBe(false);
      live.publish(segmentOf('b', { start: 2 }), live);
      await settle();
      expect(done()).toBe(true);
    });

    it('resolves after the timeout', async () => {
      const clock = new FakeClock();
      const done = observe(makeLiveChannel(clock).until(FIRST_SEQUENCE + 9, 5_000, never));
      await clock.advance(4_999);
      expect(done()).toBe(false);
      await clock.advance(1);
      expect(done()).toBe(true);
    });

    it('resolves when the reader leaves, and leaves no timer', async () => {
      const clock = new FakeClock();
      const gone = new AbortController();
      const done = observe(makeLiveChannel(clock).until(FIRST_SEQUENCE, 5_000, gone.signal));
      gone.abort();
      await settle();
      expect(done()).toBe(true);
      expect(clock.pending).toBe(0);
      await makeLiveChannel(clock).until(FIRST_SEQUENCE, 5_000, AbortSignal.abort());
    });
  });
});

function watch(live: LiveChannel, clock: FakeClock, mode: FillMode, duration: number): void {
  for (let passed = 0; passed < duration; passed += TICK) {
    live.fill(mode);
    clock.skip(TICK);
  }
  live.fill(mode);
}

function labels(live: LiveChannel): string[] {
  return live.playlist.listed().map(labelOf);
}

/** Seconds published so far. */
function total(live: LiveChannel): number {
  return live.timeline.position - 10;
}

function times(live: LiveChannel): number[] {
  return live.playlist.listed().map(({ bytes }) => (decodingTimestamp(bytes, 2 * PACKET_SIZE) ?? 0) / 90_000);
}

function observe(promise: Promise<unknown>): () => boolean {
  let done = false;
  void promise.then(() => {
    done = true;
  });
  return () => done;
}
