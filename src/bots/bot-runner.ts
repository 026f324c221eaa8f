import type { Platform } from '../domain/actor.ts';
import type { BotState } from '../domain/bot-state.ts';
import { type Clock, sleep } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import { logState } from './log-state.ts';

/** One bot from its start to its end. It reports how it is whenever that changes, and throws nothing on purpose. */
export interface Bot {
  start(): Promise<void>;
  /** Lets what is under way finish, for a while. */
  stop(): Promise<void>;
}

/** Where a bot says how it is. Details are for the log only, and hold no secret. */
export interface Report {
  /** It is so now, and the bot goes on: from trouble it comes back by itself. */
  is(state: Exclude<BotState, 'off' | 'starting' | 'refused'>, details?: string): void;
  /** The bot cannot go on: a new one is started after a while, or none after `refused`. */
  ended(state: Exclude<BotState, 'off' | 'starting' | 'on' | 'commands_refused'>, details?: string): void;
}

export interface BotRunnerOptions {
  readonly platform: Platform;
  /** Loads the library, which is large, and makes a bot that has not been started. */
  readonly create: (report: Report) => Promise<Bot>;
  readonly clock: Clock;
  readonly logger: Logger;
}

const FIRST_PAUSE = 5_000;
const LONGEST_PAUSE = 5 * 60_000;
/** A bot that has worked for so long has really worked: the next trouble is another one. */
const STEADY = 60_000;

const working: ReadonlySet<BotState> = new Set(['on', 'commands_refused']);

/**
 * Keeps a bot on: whatever ends it, as when we are up before the internet is after a power cut, a new one is started
 * after a pause that grows. Only a refused token ends it for good.
 */
export class BotRunner {
  readonly #options: BotRunnerOptions;
  readonly #ending = new AbortController();
  #state: BotState = 'starting';
  /** By the monotonic clock; null while it does not work. */
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

  /** One bot, until it can go on no longer. */
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
