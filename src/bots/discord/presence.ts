import { ActivityType, type Client, Events } from 'discord.js';
import type { CommandContext } from '../../commands/context.ts';
import type { Clock } from '../../lib/clock.ts';
import { Coalescer } from '../../lib/coalescer.ts';
import type { Logger } from '../../lib/logger.ts';

const GATHER = 1_000;
/** The gateway closes a connection that changes its presence more than five times in 20 seconds. */
const EVERY = 15_000;
const LONGEST = 128;

type OnAir = Pick<CommandContext['broadcast'], 'status' | 'subscribe'>;

/** Shows beside the bot's name what is on. */
export class Presence {
  readonly #client: Client;
  readonly #broadcast: OnAir;
  readonly #updates: Coalescer;
  #shown: string | null = null;
  #unsubscribe: () => void = () => {};

  constructor(client: Client, broadcast: OnAir, clock: Clock, logger: Logger) {
    this.#client = client;
    this.#broadcast = broadcast;
    const job = async () => this.#update();
    this.#updates = new Coalescer({ clock, gather: GATHER, every: EVERY, job, logger });
  }

  start(): void {
    this.#unsubscribe = this.#broadcast.subscribe(() => this.#touch());
    // A new session of the gateway knows nothing of it.
    this.#client.on(Events.ShardReady, () => {
      this.#shown = null;
      this.#touch();
    });
  }

  stop(): void {
    this.#unsubscribe();
    this.#updates.stop();
  }

  #touch(): void {
    if (this.#nameOfChannel() !== this.#shown) this.#updates.touch();
  }

  #update(): void {
    const name = this.#nameOfChannel();
    if (name === this.#shown) return;
    this.#shown = name;
    this.#updates.didJob();
    const activities = name === null ? [] : [{ name: name.slice(0, LONGEST), type: ActivityType.Watching }];
    this.#client.user?.setPresence({ activities });
  }

  #nameOfChannel(): string | null {
    return this.#broadcast.status.channel?.name ?? null;
  }
}
