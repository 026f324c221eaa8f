import { createHash } from 'node:crypto';
import { card, cardStaleAt } from '../commands/card.ts';
import type { CommandContext } from '../commands/context.ts';
import type { Reply } from '../commands/reply.ts';
import type { Place, Platform } from '../domain/actor.ts';
import { type BroadcastState, chosenChannel } from '../domain/broadcast-status.ts';
import type { Card, Posted } from '../domain/card.ts';
import { Coalescer } from '../lib/coalescer.ts';
import type { Logger } from '../lib/logger.ts';
import { BarredPlaces } from './barred-places.ts';
import { type CardStore, SafeCards } from './safe-cards.ts';
import { Turns } from './turns.ts';

/** How a platform changes what it has posted. Rejects where another try may succeed. */
export interface CardPort {
  /** What a reply looks like there: as long as that is the same, there is nothing to send. */
  looks(reply: Reply): string;
  edit(message: Posted, reply: Reply): Promise<Outcome>;
  remove(message: Posted): Promise<void>;
}

/** `gone`: there is nothing to change any more. `barred`: the bot may not, for now, such as without a permission. */
export type Outcome = 'done' | 'gone' | 'barred';

export interface CardSyncOptions {
  readonly cards: CardStore;
  readonly context: CommandContext;
  readonly logger: Logger;
}

const GATHER = 1_000;
/** Edits of one card are at least this far apart: services are strict with bots that edit without end. */
const EVERY = 15_000;

/** States that soon become another one: the card waits for that. What is on air meanwhile has not changed. */
const passing: ReadonlySet<BroadcastState> = new Set(['starting', 'switching', 'stopping']);

/** Keeps the card of each place up to date: after events, seldom, and over restarts. Knows no platform. */
export class CardSync {
  readonly #options: CardSyncOptions;
  readonly #ports = new Map<Platform, CardPort>();
  readonly #edits = new Map<string, Coalescer>();
  readonly #cards: CardStore;
  readonly #turns = new Turns();
  readonly #barred: BarredPlaces;
  /** What is to be changed once the platform can be reached. */
  readonly #waiting = new Map<Platform, (() => Promise<void>)[]>();
  #endings: (() => void)[] = [];
  #cancelStale: () => void = () => {};
  #isStopped = false;

  constructor(options: CardSyncOptions) {
    this.#options = options;
    this.#cards = new SafeCards(options.cards, options.logger);
    this.#barred = new BarredPlaces(options.context.clock);
  }

  start(): void {
    const { broadcast, catalogue, guide, reactions, pictureHealth } = this.#options.context;
    this.#endings = [
      broadcast.subscribe(() => this.#touchAll()),
      pictureHealth.subscribe(() => this.#touchAll()),
      // The buttons lead to channels of the list.
      catalogue.onChange(() => this.#touchAll()),
      guide.subscribe((channelId) => {
        if (channelId === chosenChannel(broadcast.status)?.id) this.#touchAll();
      }),
      // Elsewhere than in a room no card counts them.
      ...(reactions.mode === 'room' ? [reactions.subscribe(() => this.#touchAll())] : []),
    ];
  }

  stop(): void {
    this.#isStopped = true;
    for (const end of this.#endings) end();
    this.#endings = [];
    this.#cancelStale();
    for (const edit of this.#edits.values()) edit.stop();
    this.#barred.stop();
    this.#waiting.clear();
    this.#ports.clear();
  }

  /**
   * A platform can be reached: what happened since its cards were last edited is shown. The returned function says
   * that it can be no longer.
   */
  connect(platform: Platform, port: CardPort): () => void {
    this.#ports.set(platform, port);
    this.#touchAll();
    const waiting = this.#waiting.get(platform) ?? [];
    this.#waiting.delete(platform);
    for (const job of waiting) void job();
    return () => {
      if (this.#ports.get(platform) === port) this.#ports.delete(platform);
    };
  }

  /** An answer was posted, or put into a message. A card is the place's only one now, and another one goes. */
  posted(place: Place, message: string, reply: Reply): void {
    const posted = { place: place.id, message };
    reply.onPosted?.(posted, (next) => this.change(posted, next));
    // A button that was still being answered while all ended comes too late to be remembered.
    if (!reply.isCard || this.#isStopped) return;
    const { context } = this.#options;
    const { id, language } = place;
    const before = this.#cards.find(id);
    this.#cards.put({
      place: id,
      message,
      language,
      shown: this.#digest(id, reply),
      postedAt: context.clock.now(),
    });
    const edits = this.#editsOf(id);
    if (before?.message === message) edits.didJob();
    // Whatever happened while it was on its way.
    edits.touch();
    if (before && before.message !== message) void this.#remove(before);
  }

  /** Does what edits a place's messages, one after another. */
  inTurn(place: string, job: () => Promise<void>): Promise<void> {
    return this.#turns.take(place, job);
  }

  /** The same for what replaces all of a message: left out where a newer one has come while it waited. */
  replaceInTurn({ place, message }: Posted, job: () => Promise<void>): Promise<void> {
    return this.#turns.replace(place, message, job);
  }

  /**
   * Changes any message, best effort, and after a start as soon as its platform can be reached.
   * @returns false where another try may succeed.
   */
  async change(posted: Posted, reply: Reply): Promise<boolean> {
    const platform = platformOf(posted.place);
    const port = this.#ports.get(platform);
    if (!port) {
      if (this.#isStopped) return false;
      const { promise, resolve } = Promise.withResolvers<boolean>();
      const job = async () => resolve(await this.change(posted, reply));
      this.#waiting.set(platform, [...(this.#waiting.get(platform) ?? []), job]);
      return promise;
    }
    try {
      return (await port.edit(posted, reply)) !== 'barred';
    } catch (error) {
      this.#complain(posted.place, error);
      return false;
    }
  }

  isCard({ place, message }: Posted): boolean {
    return this.#cards.find(place)?.message === message;
  }

  /** The message is the place's card, and shows this already. */
  shows(posted: Posted, reply: Reply): boolean {
    const known = this.#cards.find(posted.place);
    return known?.message === posted.message && known.shown === this.#digest(posted.place, reply);
  }

  #touchAll(): void {
    for (const { place } of this.#cards.all()) this.#editsOf(place).touch();
  }

  #editsOf(place: string): Coalescer {
    const { context, logger } = this.#options;
    const job = () => this.inTurn(place, () => this.#update(place));
    const pace = { clock: context.clock, gather: GATHER, every: EVERY };
    const edits = this.#edits.get(place) ?? new Coalescer({ ...pace, job, logger });
    this.#edits.set(place, edits);
    return edits;
  }

  async #update(place: string): Promise<void> {
    const { context } = this.#options;
    const known = this.#cards.find(place);
    const port = this.#portOf(place);
    const { status } = context.broadcast;
    if (!known || !port || passing.has(status.state) || this.#barred.has(place)) return;
    const reply = card(status, context, known.language);
    this.#lookAgainAt(cardStaleAt(status, context));
    const shown = this.#digest(place, reply);
    if (shown === known.shown) return;
    this.#editsOf(place).didJob();
    try {
      this.#learn(known, shown, await port.edit(known, reply));
    } catch (error) {
      this.#complain(place, error);
      this.#editsOf(place).touch();
    }
  }

  #learn(card: Card, shown: string, outcome: Outcome): void {
    const { place } = card;
    const { logger } = this.#options;
    if (outcome === 'barred') {
      const isNew = this.#barred.add(place, () => this.#editsOf(place).touch());
      if (isNew) logger.warn({ place }, 'the bot has no right to edit its card here');
      return;
    }
    if (this.#barred.delete(place)) logger.info({ place }, 'the card can be edited again');
    if (outcome === 'done') this.#cards.setShown(card, shown);
    else this.#cards.forget(card);
  }

  /** One timer for all: every card shows the same programme. */
  #lookAgainAt(staleAt: number | null): void {
    const { clock } = this.#options.context;
    this.#cancelStale();
    if (staleAt !== null) {
      this.#cancelStale = clock.after(Math.max(GATHER, staleAt - clock.now()), () => this.#touchAll());
    }
  }

  async #remove(posted: Posted): Promise<void> {
    try {
      await this.#portOf(posted.place)?.remove(posted);
    } catch (error) {
      this.#complain(posted.place, error);
    }
  }

  #digest(place: string, reply: Reply): string {
    const looks = this.#portOf(place)?.looks(reply);
    return looks === undefined ? '' : createHash('sha256').update(looks).digest('base64url');
  }

  #portOf(place: string): CardPort | undefined {
    return this.#ports.get(platformOf(place));
  }

  #complain(place: string, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.#options.logger.warn({ place, reason }, 'a message could not be changed');
  }
}

function platformOf(place: string): Platform {
  return place.startsWith('discord:') ? 'discord' : 'telegram';
}
