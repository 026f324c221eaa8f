import { ActivityType, type Client, Events } from 'discord.js';
import type { CommandContext } from '../../commands/context.ts';
import { onAirTitle } from '../../commands/on-air-title.ts';
import { Coalescer } from '../../lib/coalescer.ts';
import type { Logger } from '../../lib/logger.ts';
import { shorten } from '../../lib/shorten.ts';

const GATHER = 1_000;
/**
 * The gateway closes a connection that changes its presence more than five times in 20 seconds. This is one second more
 * than the 15 that bots are asked to keep, because the gateway counts when a change arrives, not when it is sent.
 */
const EVERY = 16_000;
const LONGEST = 128;

/** Shows what is on beside the bot's name, which is the same in every place: "TF1 · Arte" where two screens are on. */
export class Presence {
  readonly #client: Client;
  readonly #context: Pick<CommandContext, 'catalogue' | 'screens'>;
  readonly #updates: Coalescer;
  #shown: string | null = null;
  #unsubscribe: () => void = () => {};

  constructor(
    client: Client,
    context: Pick<CommandContext, 'catalogue' | 'clock' | 'screens'>,
    logger: Logger,
  ) {
    this.#client = client;
    const { catalogue, clock, screens } = context;
    this.#context = { catalogue, screens };
    const job = async () => this.#update();
    this.#updates = new Coalescer({ clock, gather: GATHER, every: EVERY, job, logger });
  }

  start(): void {
    const { screens } = this.#context;
    const endings = [
      screens.follow((screen) =>
        screen.events.subscribe(({ type }) => {
          if (type === 'status') this.#touch();
        }),
      ),
      screens.onChange(() => this.#touch()),
    ];
    this.#unsubscribe = () => {
      for (const end of endings) end();
    };
    // A new gateway session starts without a presence.
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
    const activities = name === null ? [] : [{ name: shorten(name, LONGEST), type: ActivityType.Watching }];
    this.#client.user?.setPresence({ activities });
  }

  #nameOfChannel(): string | null {
    const titles = this.#context.screens
      .all()
      // What only some may watch is not for everybody to read.
      .filter(({ facts }) => facts.watch === null)
      .flatMap(({ broadcast }) => onAirTitle(this.#context, broadcast.status) ?? []);
    return titles.length > 0 ? [...new Set(titles)].join(' · ') : null;
  }
}
