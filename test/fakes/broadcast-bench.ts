import type { BroadcastStatus } from '../../src/domain/broadcast-status.ts';
import { liveScreen } from '../../src/domain/ids.ts';
import { Broadcast } from '../../src/stream/screen/broadcast.ts';
import { nextVariant } from '../../src/stream/screen/next-variant.ts';
import type { ScreenWish } from '../../src/stream/screen/on-air-item.ts';
import type { Slate } from '../../src/stream/screen/slate.ts';
import type { StoredSegment } from '../../src/stream/segments/segment.ts';
import { FakeClock, settle } from './fake-clock.ts';
import { FakeAccount } from './fake-feeds.ts';
import { makeLiveChannel } from './live-channel.ts';
import { mainId, numberOf } from './main-id.ts';
import { silentLogger } from './silent-logger.ts';
import { labelOf } from './synthetic-segment.ts';

/** A broadcast on fakes, with a record of all that players and listeners see. */
export interface BroadcastBench {
  readonly broadcast: Broadcast;
  readonly account: FakeAccount;
  readonly clock: FakeClock;
  readonly statuses: BroadcastStatus[];
  readonly segments: StoredSegment[];
  /** The sources of the segments without repetitions: `slate`, or a feed's channel and number, such as `1.0`. */
  readonly sources: () => string[];
  /** Plays a channel whose feed the test then controls. */
  readonly onAir: (number: number) => Promise<void>;
}

interface BenchOptions {
  readonly capacity?: number;
  readonly idleStop?: number | null;
  /** Channels that are variants of each other, best first. */
  readonly variants?: readonly number[];
  /** The still frame of any picture; there is none by default. */
  readonly still?: Slate;
}

export function makeBroadcast({
  capacity = 1,
  idleStop = null,
  variants = [],
  still,
}: BenchOptions = {}): BroadcastBench {
  const clock = new FakeClock();
  const account = new FakeAccount(clock, capacity);
  const live = makeLiveChannel(clock);
  const { createFeed, audioChoices } = account;
  const broadcast = new Broadcast({
    id: liveScreen,
    live,
    tuners: { canOpen: ({ channelId }) => account.canOpen(numberOf(channelId)) },
    createFeed,
    audioChoices,
    failover: {
      next: nextVariant,
      variantsOf: ({ past }) => variants.map((id) => ({ ...wishFor(id), ...(past ? { past } : {}) })),
    },
    stillFrame: () => (still ? Promise.resolve(still) : Promise.reject(new Error('no picture'))),
    clock,
    logger: silentLogger,
    idleStop: () => idleStop,
  });
  const statuses: BroadcastStatus[] = [];
  const segments: StoredSegment[] = [];
  broadcast.subscribe((status) => statuses.push(status));
  live.playlist.subscribe((segment) => segments.push(segment));
  return {
    broadcast,
    account,
    clock,
    statuses,
    segments,
    sources: () =>
      segments
        .map((segment) => labelOf(segment).split(' ')[0] ?? '')
        .filter((source, index, all) => source !== all[index - 1]),
    async onAir(number) {
      const playing = broadcast.play(wishFor(number), null);
      await settle();
      account.last.deliver();
      await playing;
    },
  };
}

export function wishFor(number: number): ScreenWish {
  return { channelId: mainId(number), name: `Channel ${number}` };
}

/** The state of a promise without waiting for it: `pending`, `done`, or the code of its error. */
export function watchOutcome(promise: Promise<unknown>): () => string {
  let outcome = 'pending';
  promise.then(
    () => {
      outcome = 'done';
    },
    (error: unknown) => {
      outcome = (error as { code?: string }).code ?? String(error);
    },
  );
  return () => outcome;
}
