import { describe, expect, it } from 'vitest';
import type { PictureTaker } from '../../../src/stream/rendition/picture-encoder.ts';
import { Rendition } from '../../../src/stream/rendition/rendition.ts';
import type { LivePlaylist } from '../../../src/stream/segments/live-playlist.ts';
import type { ListedSegment, StoredSegment } from '../../../src/stream/segments/segment.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { FIRST_SEQUENCE, makeLiveChannel } from '../../fakes/live-channel.ts';
import { silentLogger } from '../../fakes/silent-logger.ts';
import { segmentOf } from '../../fakes/synthetic-segment.ts';

describe('the lower rendition', () => {
  it('lists the same numbers, times, flags and breaks as the full picture', async () => {
    const { full, rendition, publish, play, encoders } = makeWorld();
    await play(4);
    publish('another channel');
    await play(2);
    const demand = rendition.demand();
    for (const encoder of encoders) encoder.deliverAll();
    await demand;
    for (let index = 0; index < 30; index++) {
      publish(`channel ${Math.floor(index / 7)}`, {
        independent: index % 7 === 0 || index % 3 > 0,
        duration: 1 + (index % 3),
      });
      for (const encoder of encoders) encoder.deliverAll();
      void rendition.demand();
    }
    const shown = rendition.listed().map(shownOf);
    expect(shown.length).toBeGreaterThan(8);
    expect(shown).toEqual(full.listed().map(shownOf).slice(-shown.length));
    const [mine, theirs] = [rendition, full].map((playlist) => breakNumbers(String(playlist.text(form))));
    expect(mine?.size).toBe(shown.length);
    for (const [sequence, count] of mine ?? []) expect(theirs?.get(sequence)).toBe(count);
    expect(rendition.listed().every(isEncoded)).toBe(true);
  });

  it('begins three segments behind the edge with a keyframe', async () => {
    const { rendition, publish, encoders } = makeWorld();
    for (let index = 0; index < 10; index++) publish('channel', { independent: index % 2 === 1 });
    void rendition.demand();
    expect(encoders[0]?.fed.map(({ sequence }) => sequence - FIRST_SEQUENCE)).toEqual([5, 6, 7, 8, 9]);
  });

  it('has an encoder for each source, and lists in order though the new one is faster', async () => {
    const { rendition, play, publish, encoders } = makeWorld();
    await play(6);
    void rendition.demand();
    expect(encoders[0]?.fed).toHaveLength(4);
    publish('another channel');
    expect(encoders.map(({ next }) => next?.sequence)).toEqual([FIRST_SEQUENCE + 6, undefined]);
    encoders[1]?.deliver();
    expect(rendition.listed()).toEqual([]);
    encoders[0]?.deliverAll();
    expect(rendition.listed().map(isEncoded)).toEqual([true, true, true, true, true]);
  });

  it('holds the first playlist until something is listed', async () => {
    const { rendition, play, encoders } = makeWorld();
    await play(5);
    let isThere = false;
    const demand = rendition.demand().then(() => {
      isThere = true;
    });
    await play(1);
    expect(isThere).toBe(false);
    encoders[0]?.deliver();
    await demand;
    expect(rendition.listed()).toHaveLength(1);
  });

  it('encodes nothing before somebody asks, and nothing twenty seconds after', async () => {
    const { rendition, play, encoders } = makeWorld();
    await play(20);
    expect(encoders).toHaveLength(0);
    void rendition.demand();
    const deliver = async (count: number) => {
      for (let index = 0; index < count; index++) {
        encoders[0]?.deliverAll();
        await play(1);
      }
    };
    await deliver(9);
    expect(encoders.map(({ isStopped }) => isStopped)).toEqual([false]);
    await deliver(3);
    expect(encoders.map(({ isStopped }) => isStopped)).toEqual([true]);
    await play(20);
    expect(encoders).toHaveLength(1);
    expect(rendition.listed()).toEqual([]);
  });

  it('encodes nothing where it is off, and lists the full picture to whoever still asks', async () => {
    const { rendition, full, play, encoders, options } = makeWorld();
    options.isOn = false;
    await play(5);
    await rendition.demand();
    await play(5);
    expect(encoders).toHaveLength(0);
    expect(rendition.listed()).toEqual(full.listed().slice(-rendition.listed().length));
  });

  it('ends its encoder when it is turned off', async () => {
    const { rendition, full, play, encoders, options } = makeWorld();
    await play(6);
    void rendition.demand();
    options.isOn = false;
    await play(1);
    expect(encoders.map(({ isStopped }) => isStopped)).toEqual([true]);
    expect(rendition.nextSequence).toBe(full.nextSequence);
  });

  it('lists the full picture at once when the encoder dies, and goes on with another one', async () => {
    const { rendition, full, play, publish, encoders } = makeWorld();
    await play(6);
    void rendition.demand();
    encoders[0]?.deliver();
    await play(1);
    encoders[0]?.die();
    expect(rendition.nextSequence).toBe(full.nextSequence);
    publish('channel', { independent: false });
    expect(rendition.nextSequence).toBe(full.nextSequence);
    publish('channel');
    expect(encoders).toHaveLength(2);
    publish('channel');
    encoders[1]?.deliver();
    expect(rendition.listed().map(isEncoded)).toEqual([true, false, false, false, false, false, true]);
  });

  it.each([0.5, 2, 5])(
    'does not let players run dry where the encoder stalls, with segments of %f s',
    async (duration) => {
      const { rendition, full, clock, publish, encoders } = makeWorld();
      const step = async () => {
        publish('channel', { duration });
        await clock.advance(duration * 1_000);
      };
      for (let index = 0; index < 6; index++) await step();
      void rendition.demand();
      encoders[0]?.deliverAll();
      const publishedAt = new Map<number, number>();
      const delays: number[] = [];
      full.subscribe(({ sequence }) => publishedAt.set(sequence, clock.monotonic()));
      for (let index = 0; index < 20; index++) {
        const before = rendition.nextSequence;
        await step();
        for (let sequence = before; sequence < rendition.nextSequence; sequence++)
          delays.push((clock.monotonic() - (publishedAt.get(sequence) ?? clock.monotonic())) / 1_000);
        void rendition.demand();
      }
      expect(delays.length).toBeGreaterThan(10);
      expect(Math.max(...delays)).toBeLessThanOrEqual(duration + 5);
    },
  );

  it('is the full picture for a minute after three failures, and tries again then', async () => {
    const { rendition, play, encoders, full } = makeWorld();
    await play(6);
    void rendition.demand();
    for (let index = 0; index < 3; index++) {
      encoders.at(-1)?.die();
      await play(1);
    }
    expect(encoders).toHaveLength(3);
    const demanded = async (count: number) => {
      for (let index = 0; index < count; index++) {
        await play(1);
        void rendition.demand();
      }
    };
    await demanded(25);
    expect(encoders).toHaveLength(3);
    expect(rendition.nextSequence).toBe(full.nextSequence);
    await demanded(6);
    expect(encoders).toHaveLength(4);
  });

  it('never gives a number two contents, however often it ends and begins again', async () => {
    const { rendition, play, encoders, publish } = makeWorld();
    const known = new Map<number, Buffer>();
    await play(6);
    for (const [asked, idle] of [
      [3, 11],
      [1, 0],
      [5, 30],
      [2, 12],
      [8, 11],
    ] as const) {
      for (let index = 0; index < asked; index++) {
        void rendition.demand();
        encoders.at(-1)?.deliver();
        if (index === 3) encoders.at(-1)?.die();
        for (const { sequence, bytes } of rendition.listed()) {
          expect(known.get(sequence) ?? bytes).toBe(bytes);
          expect(rendition.storage.inMemory(sequence)).toBe(bytes);
          known.set(sequence, bytes);
        }
        publish('channel', { independent: index % 2 === 0 });
        await play(1);
      }
      await play(idle);
    }
    expect(known.size).toBeGreaterThan(10);
  });

  it('goes on after a restart with the next number, and lists nothing again that may have been listed', async () => {
    const before = makeWorld();
    await before.play(8);
    void before.rendition.demand();
    before.encoders[0]?.deliver();
    await before.rendition.stop();
    const listed = before.rendition.listed();
    expect(listed.at(-1)?.sequence).toBe(before.full.nextSequence - 1);

    const after = makeWorld(before.full);
    after.rendition.resume(listed);
    expect(after.rendition.listed()).toEqual(listed);
    await after.play(1);
    after.encoders[0]?.deliver();
    expect(after.rendition.listed().slice(0, -1)).toEqual(listed);
    expect(after.rendition.listed().at(-1)?.sequence).toBe(before.full.nextSequence - 1);

    const unknown = makeWorld(before.full);
    void unknown.rendition.demand();
    expect(unknown.rendition.nextSequence).toBe(before.full.nextSequence);
  });

  it('ends with everything listed', async () => {
    const { rendition, full, play, encoders } = makeWorld();
    await play(6);
    void rendition.demand();
    await play(1);
    await rendition.stop();
    await rendition.stop();
    expect(rendition.nextSequence).toBe(full.nextSequence);
    expect(encoders[0]?.isStopped).toBe(true);
    await rendition.demand();
    expect(encoders).toHaveLength(1);
  });
});

/** @param full of a world before; its own if absent. */
function makeWorld(full?: LivePlaylist) {
  const clock = new FakeClock();
  const live = makeLiveChannel(clock);
  const playlist = full ?? live.playlist;
  const options = { isOn: true };
  const encoders: FakeEncoder[] = [];
  const rendition = new Rendition({
    full: playlist,
    targetDuration: 6,
    window: 24,
    isOn: () => options.isOn,
    startEncoder: (taker) => {
      const encoder = new FakeEncoder(taker);
      encoders.push(encoder);
      return encoder;
    },
    clock,
    logger: silentLogger,
  });
  let last: string | null = null;
  const publish = (source: string, { duration = 2, independent = true } = {}) => {
    const { bytes } = segmentOf(source);
    const discontinuity = source !== last;
    last = source;
    playlist.append({ bytes, duration, independent, discontinuity }, clock.now());
  };
  return {
    clock,
    full: playlist,
    rendition,
    options,
    encoders,
    publish,
    /** Publishes segments at the pace of the clock. */
    play: async (count: number) => {
      for (let index = 0; index < count; index++) {
        publish('channel');
        await clock.advance(2_000);
      }
    },
  };
}

/** Delivers a picture when it is told to. */
class FakeEncoder {
  readonly fed: StoredSegment[] = [];
  /** The segment of the next source. */
  next: StoredSegment | null = null;
  isStopped = false;
  readonly #taker: PictureTaker;
  readonly #finished = Promise.withResolvers<void>();
  #delivered = 0;

  constructor(taker: PictureTaker) {
    this.#taker = taker;
  }

  feed(segment: StoredSegment): void {
    this.fed.push(segment);
  }

  finish(next: StoredSegment): Promise<void> {
    this.next = next;
    return this.#finished.promise;
  }

  stop(): Promise<void> {
    this.isStopped = true;
    return Promise.resolve();
  }

  deliver(): void {
    const segment = this.fed[this.#delivered++];
    if (!segment || this.isStopped) return;
    this.#taker.onPicture(segment.sequence, segmentOf(ENCODED).bytes.subarray(2 * 188));
  }

  deliverAll(): void {
    while (this.#delivered < this.fed.length) this.deliver();
    if (this.next) this.#finished.resolve();
  }

  die(): void {
    this.#taker.onFailed(new Error('died'));
  }
}

const ENCODED = 'encoded';
const form = {
  uri: ({ sequence }: ListedSegment) => `${sequence}.ts`,
  blockingReload: false,
  discontinuities: true,
};

function isEncoded({ bytes }: StoredSegment): boolean {
  return bytes.includes(ENCODED);
}

/** What a playlist says of a segment. */
function shownOf({ sequence, duration, independent, discontinuity, programDateTime }: StoredSegment) {
  return { sequence, duration, independent, discontinuity, programDateTime };
}

/** The discontinuity sequence number of each segment of a playlist (RFC 8216, 6.2.1). */
function breakNumbers(text: string): Map<number, number> {
  let count = Number(/DISCONTINUITY-SEQUENCE:(\d+)/.exec(text)?.[1]);
  const numbers = new Map<number, number>();
  for (const line of text.split('\n')) {
    if (line === '#EXT-X-DISCONTINUITY') count++;
    const sequence = /^(\d+)\.ts$/.exec(line)?.[1];
    if (sequence) numbers.set(Number(sequence), count);
  }
  return numbers;
}
