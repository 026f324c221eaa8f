import { AppError } from '../../domain/errors.ts';
import type { Reaction, ReactionCounts, ReactionMode } from '../../domain/reaction.ts';
import type { Clock } from '../../lib/clock.ts';
import { Coalescer } from '../../lib/coalescer.ts';
import { Emitter } from '../../lib/emitter.ts';
import type { Logger } from '../../lib/logger.ts';
import { RateLimit } from '../../lib/rate-limit.ts';
import type { Broadcast } from './broadcast.ts';

export interface ReactionsOptions {
  readonly mode: () => ReactionMode;
  readonly broadcast: Pick<Broadcast, 'item'>;
  readonly clock: Clock;
  readonly logger: Pick<Logger, 'error'>;
}

/** Presses of one person within STRETCH milliseconds: more than a hand makes in earnest. */
const MOST = 10;
const STRETCH = 5_000;
/** Milliseconds between two bursts that listeners are told of, at least. */
const EVERY = 300;

/**
 * The viewers' reactions: presses are gathered into bursts that everybody is told of, and counted while the channel stays
 * on. They are not kept on disk.
 */
export class Reactions {
  readonly #mode: () => ReactionMode;
  readonly #broadcast: ReactionsOptions['broadcast'];
  readonly #limit: RateLimit;
  readonly #telling: Coalescer;
  readonly #bursts: Emitter<ReactionCounts>;
  #burst: ReactionCounts = {};
  #totals: ReactionCounts = {};
  /** The wish that the totals belong to; it stays the same where its channel is brought back. */
  #counted: object | null = null;

  constructor({ mode, broadcast, clock, logger }: ReactionsOptions) {
    this.#mode = mode;
    this.#broadcast = broadcast;
    this.#limit = new RateLimit({ clock, most: MOST, stretch: STRETCH });
    const job = async () => this.#tell();
    this.#telling = new Coalescer({ clock, gather: 0, every: EVERY, job, logger });
    this.#bursts = new Emitter((err) => logger.error({ err }, 'a listener of the reactions failed'));
  }

  get mode(): ReactionMode {
    return this.#mode();
  }

  /** Counts a press. @param from the person's id. @throws AppError reacts_too_fast */
  add(reaction: Reaction, from: string): void {
    if (this.#limit.isExceeded(from)) {
      throw new AppError('reacts_too_fast', { most: MOST, seconds: STRETCH / 1_000 });
    }
    this.#limit.count(from);
    this.#totals = plusOne(this.totals, reaction);
    this.#burst = plusOne(this.#burst, reaction);
    this.#telling.touch();
  }

  /** The presses since the channel came on. */
  get totals(): ReactionCounts {
    const wish = this.#broadcast.item?.wish ?? null;
    if (wish !== this.#counted) {
      this.#counted = wish;
      this.#totals = {};
    }
    return this.#totals;
  }

  /** Calls the listener with each burst of presses until the returned function is called. */
  subscribe(listener: (burst: ReactionCounts) => void): () => void {
    return this.#bursts.subscribe(listener);
  }

  stop(): void {
    this.#telling.stop();
  }

  #tell(): void {
    this.#telling.didJob();
    const burst = this.#burst;
    this.#burst = {};
    this.#bursts.emit(burst);
  }
}

function plusOne(counts: ReactionCounts, reaction: Reaction): ReactionCounts {
  return { ...counts, [reaction]: (counts[reaction] ?? 0) + 1 };
}
