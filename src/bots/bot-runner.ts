import type { Platform } from '../domain/actor.ts';
import type { BotState } from '../domain/bot-state.ts';
import { type Clock, sleep } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import { logState } from './log-state.ts';

/** One run of a bot. It reports its state through a `Report` rather than by exceptions. */
export interface Bot {
  start(): Promise<void>;
  /** Gives work in progress a few seconds to finish. */
  stop(): Promise<void>;
}

/** Receives a bot's state. Details go to the log only and hold no secret. */
export interface Report {
  /** Sets the state of a bot that keeps running and recovers by itself. */
  is(state: Exclude<BotState, 'off' | 'starting' | 'refused'>, details?: string): void;
  /** Reports that the bot cannot go on. A new one is started after a pause, except after `refused`. */
  ended(state: Exclude<BotState, 'off' | 'starting' | 'on' | 'commands_refused'>, details?: string): void;
}

export interface BotRunnerOptions {
  readonly platform: Platform;
  /** Loads the platform's large library and creates a bot without starting it. */
  readonly create: (report: Report) => Promise<Bot>;
  readonly clock: Clock;
  readonly logger: Logger;
}

const FIRST_PAUSE = 5_000;
const LONGEST_PAUSE = 5 * 60_000;
/** A bot that has worked this long, in milliseconds, starts again with the shortest pause. */
const STEADY = 60_000;

const working: ReadonlySet<BotState> = new Set(['on', 'commands_refused']);

/**
 * Starts a new bot after a growing pause whenever one ends, for example while the internet is down after a power cut.
 * Only a refused token ends it for good.
 */
export class BotRunner {
  readonly #options: BotRunnerOptions;
  readonly #ending = new AbortController();
  #state: BotState = 'starting';
  /** Monotonic milliseconds; null while the bot does not work. */
  #worksSince: number | null = null;
  #pause = FIRST_PAUSE;
  #running: Promise<void> = Promise.resolve();
  #bot: Bot | null = null;

  constructor(options: BotRunnerOptions) {
    this.#options = options;
  }

  get state(): BotState {
    return this.#state;
  }

  start(): void {
    this.#running = this.#keep(this.#ending.signal);
  }

  async stop(): Promise<void> {
    this.#ending.abort();
    await this.#stopBot();
    await this.#running;
  }

  async #keep(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#once(signal);
      if (signal.aborted || this.#state === 'refused') return;
      const pause = this.#state === 'broken' ? LONGEST_PAUSE : this.#pause;
      this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE);
      await sleep(this.#options.clock, pause, signal).catch(() => {});
    }
  }

  /** Runs one bot until it ends. */
  async #once(signal: AbortSignal): Promise<void> {
    const { promise: end, resolve } = Promise.withResolvers<void>();
    let isOver = false;
    const tell = (state: BotState, details?: string): void => {
      if (!isOver && !signal.aborted) this.#enter(state, details);
    };
    const over = (state: BotState, details?: string): void => {
      tell(state, details);
      isOver = true;
      resolve();
    };
    signal.addEventListener('abort', () => resolve(), { once: true });
    try {
      const bot = await this.#options.create({ is: tell, ended: over });
      if (signal.aborted) return;
      this.#bot = bot;
      await bot.start();
      await end;
    } catch (error) {
      over('broken', error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
    if (!signal.aborted) await this.#stopBot();
  }

  async #stopBot(): Promise<void> {
    const bot = this.#bot;
    this.#bot = null;
    try {
      await bot?.stop();
    } catch (error) {
      this.#options.logger.error({ err: error }, 'the bot could not be stopped');
    }
  }

  #enter(state: BotState, details?: string): void {
    const { platform, clock, logger } = this.#options;
    const now = clock.monotonic();
    if (working.has(state)) this.#worksSince ??= now;
    else {
      if (this.#worksSince !== null && now - this.#worksSince >= STEADY) this.#pause = FIRST_PAUSE;
      this.#worksSince = null;
    }
    logState(logger, platform, { state, before: this.#state, details });
    this.#state = state;
  }
}
