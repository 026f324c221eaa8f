import type { BotState } from '../domain/bot-state.ts';
import { type Clock, sleep } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';

/** One bot from its start to its end. It tells `report` how it is, whenever that changes; and throws nothing. */
export interface Bot {
  start(): Promise<void>;
  /** Lets what is under way finish, for a while. */
  stop(): Promise<void>;
}

export type Report = (state: Exclude<BotState, 'off'>) => void;

export interface KeeperOptions {
  /** Loads the library, which is large, and makes a bot that has not been started. */
  readonly create: (report: Report) => Promise<Bot>;
  readonly clock: Clock;
  readonly logger: Logger;
}

const FIRST_PAUSE = 5_000;
const LONGEST_PAUSE = 5 * 60_000;

/**
 * Keeps a bot on: where its service cannot be reached, as after a power cut when we are up before the internet is, a
 * new one is started after a while. A refused token ends it for good, and nothing else.
 */
export class BotKeeper {
  readonly #options: KeeperOptions;
  readonly #ending = new AbortController();
  #state: BotState = 'starting';
  #running: Promise<void> = Promise.resolve();
  #bot: Bot | null = null;

  constructor(options: KeeperOptions) {
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
    await this.#bot?.stop();
    await this.#running;
  }

  async #keep(signal: AbortSignal): Promise<void> {
    const { clock, logger } = this.#options;
    let pause = FIRST_PAUSE;
    while (!signal.aborted) {
      try {
        const last = await this.#once(signal, () => {
          pause = FIRST_PAUSE;
        });
        if (last !== 'unreachable') return;
        await sleep(clock, pause, signal);
      } catch (error) {
        if (signal.aborted) return;
        logger.error({ err: error }, 'the bot broke');
        this.#state = 'unreachable';
        return;
      }
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    }
  }

  /** One bot, until it can go on no longer. */
  async #once(signal: AbortSignal, onOn: () => void): Promise<BotState> {
    const ended = Promise.withResolvers<BotState>();
    const bot = await this.#options.create((state) => {
      this.#state = state;
      if (state === 'on') onOn();
      if (state === 'refused' || state === 'unreachable') ended.resolve(state);
    });
    if (signal.aborted) return 'starting';
    this.#bot = bot;
    signal.addEventListener('abort', () => ended.resolve('starting'), { once: true });
    await bot.start();
    const last = await ended.promise;
    if (!signal.aborted) await bot.stop();
    return last;
  }
}
