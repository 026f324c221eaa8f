import { createHash } from 'node:crypto';
import { type CardContext, card, cardStaleAt } from '../commands/card.ts';
import type { CommandContext } from '../commands/context.ts';
import type { Reply } from '../commands/reply.ts';
import type { Place, Platform } from '../domain/actor.ts';
import { type BroadcastState, chosenChannel } from '../domain/broadcast-status.ts';
import type { Card, Posted } from '../domain/card.ts';
import type { ScreenId } from '../domain/ids.ts';
import { Coalescer } from '../lib/coalescer.ts';
import type { Logger } from '../lib/logger.ts';
import { EditBarriers } from './edit-barriers.ts';
import { EditsInTurn } from './edits-in-turn.ts';
import { type CardStore, SafeCards } from './safe-cards.ts';

/** Edits and removes a platform's messages. Its promises reject if another try may succeed. */
export interface CardPort {
  /** A reply as the platform would show it; an unchanged look needs no edit. */
  looks(reply: Reply): string;
  edit(message: Posted, reply: Reply): Promise<Outcome>;
  remove(message: Posted): Promise<void>;
  /** Posts a message that nobody has asked for. */
  send(place: string, reply: Reply): Promise<Outcome>;
}

/** The result of an edit or a post. `gone`: the message or the place no longer exists. `barred`: the bot lacks a permission for now. */
export type Outcome = 'done' | 'gone' | 'barred';

/** What the cards show, and whose changes they follow. */
type CardSyncContext = CardContext &
  Pick<
    CommandContext,
    'catalogue' | 'clients' | 'clock' | 'guide' | 'onPlaceChosen' | 'screenOf' | 'screens'
  >;

export interface CardSyncOptions {
  readonly cards: CardStore;
  readonly context: CardSyncContext;
  readonly logger: Logger;
}

/** Milliseconds in which several events become one edit. */
const GATHER = 1_000;
/** The least time between two edits of one card, in milliseconds: services limit bots that edit often. */
const EVERY = 15_000;

/** Short-lived states, which the card skips: the channel on air has not changed yet. */
const passing: ReadonlySet<BroadcastState> = new Set(['starting', 'switching', 'stopping']);

/** Keeps each place's card up to date after events and across restarts, on any platform. */
export class CardSync {
  readonly #options: CardSyncOptions;
  readonly #ports = new Map<Platform, CardPort>();
  readonly #edits = new Map<string, Coalescer>();
  readonly #cards: CardStore;
  readonly #turns = new EditsInTurn();
  readonly #barred: EditBarriers;
  /** Edits to make once the platform is connected. */
  readonly #waiting = new Map<Platform, (() => Promise<void>)[]>();
  #endings: (() => void)[] = [];
  /** By screen, cancels the timer of the moment at which its cards become outdated. */
  readonly #staleTimers = new Map<ScreenId, () => void>();
  #isStopped = false;

  constructor(options: CardSyncOptions) {
    this.#options = options;
    this.#cards = new SafeCards(options.cards, options.logger);
    this.#barred = new EditBarriers(options.context.clock);
  }

  start(): void {
    const { catalogue, clients, guide, onPlaceChosen, screens } = this.#options.context;
    this.#endings = [
      screens.follow((screen) =>
        screen.events.subscribe(({ type }) => {
          // Only in room mode do cards show the reactions.
          if (type !== 'reactions' || screen.reactions.mode === 'room') this.#touchScreen(screen.id);
        }),
      ),
      // Cards name their screens, and those of a removed screen are about the default one.
      screens.onChange(() => this.#touchAll()),
      onPlaceChosen((place) => this.#editsOf(place).touch()),
      // The buttons name channels of the catalogue.
      catalogue.onChange(() => this.#touchAll()),
      // The connections are those of all screens.
      clients.onTurnedAway(() => this.#touchAll()),
      guide.subscribe((channelId) => {
        for (const { id, broadcast } of screens.all())
          if (channelId === chosenChannel(broadcast.status)?.id) this.#touchScreen(id);
      }),
    ];
  }

  stop(): void {
    this.#isStopped = true;
    for (const end of this.#endings) end();
    this.#endings = [];
    for (const cancel of this.#staleTimers.values()) cancel();
    this.#staleTimers.clear();
    for (const edit of this.#edits.values()) edit.stop();
    this.#barred.stop();
    this.#waiting.clear();
    this.#ports.clear();
  }

  /**
   * Connects a platform and brings its cards up to date; call the returned function when it disconnects.
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

  /** Records that a message now shows a reply. A card replaces the place's former card, which is removed. */
  posted(place: Place, message: string, reply: Reply): void {
    const posted = { place: place.id, message };
    reply.onPosted?.(posted, (next) => this.change(posted, next));
    // After stop, a late answer to a button is not recorded.
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
    // Shows events that happened while the message was on its way.
    edits.touch();
    if (before && before.message !== message) void this.#remove(before);
  }

  /** Runs the jobs that edit a place's messages one after another. */
  inTurn(place: string, job: () => Promise<void>): Promise<void> {
    return this.#turns.take(place, job);
  }

  /** Like `inTurn`, for a job that replaces a whole message: skipped if a newer one arrives while it waits. */
  replaceInTurn({ place, message }: Posted, job: () => Promise<void>): Promise<void> {
    return this.#turns.replace(place, message, job);
  }

  /**
   * Edits any message, best effort; waits for its platform to connect.
   * @returns false if another try may succeed.
   */
  async change(posted: Posted, reply: Reply): Promise<boolean> {
    const outcome = await this.#try(posted.place, (port) => port.edit(posted, reply));
    return outcome === 'done' || outcome === 'gone';
  }

  /** Posts a message in a place, best effort; waits for its platform to connect. Never rejects. */
  tell(place: string, reply: Reply): Promise<Outcome | 'failed'> {
    return this.#try(place, (port) => port.send(place, reply));
  }

  async #try(place: string, job: (port: CardPort) => Promise<Outcome>): Promise<Outcome | 'failed'> {
    const platform = platformOf(place);
    const port = this.#ports.get(platform);
    if (!port) {
      if (this.#isStopped) return 'failed';
      const { promise, resolve } = Promise.withResolvers<Outcome | 'failed'>();
      const later = async () => resolve(await this.#try(place, job));
      this.#waiting.set(platform, [...(this.#waiting.get(platform) ?? []), later]);
      return promise;
    }
    try {
      return await job(port);
    } catch (error) {
      this.#complain(place, error);
      return 'failed';
    }
  }

  isCard({ place, message }: Posted): boolean {
    return this.#cards.find(place)?.message === message;
  }

  /** Whether the message is the place's card and already shows this reply. */
  shows(posted: Posted, reply: Reply): boolean {
    const known = this.#cards.find(posted.place);
    return known?.message === posted.message && known.shown === this.#digest(posted.place, reply);
  }

  #touchAll(): void {
    for (const { place } of this.#cards.all()) this.#editsOf(place).touch();
  }

  /** Brings the cards of the places of one screen up to date. */
  #touchScreen(screen: ScreenId): void {
    const { screenOf } = this.#options.context;
    for (const { place } of this.#cards.all())
      if (screenOf(place).id === screen) this.#editsOf(place).touch();
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
    const screen = context.screenOf(place);
    const { status } = screen.broadcast;
    if (!known || !port || passing.has(status.state) || this.#barred.has(place)) return;
    const reply = card(status, { context, screen, language: known.language });
    this.#lookAgainAt(screen.id, cardStaleAt(status, context));
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

  /** One timer for all cards of a screen: they show the same programme. */
  #lookAgainAt(screen: ScreenId, staleAt: number | null): void {
    const { clock } = this.#options.context;
    this.#staleTimers.get(screen)?.();
    this.#staleTimers.delete(screen);
    if (staleAt !== null) {
      const wait = Math.max(GATHER, staleAt - clock.now());
      const cancel = clock.after(wait, () => this.#touchScreen(screen));
      this.#staleTimers.set(screen, cancel);
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
    this.#options.logger.warn({ place, reason }, 'a message could not be posted or changed');
  }
}

function platformOf(place: string): Platform {
  return place.startsWith('discord:') ? 'discord' : 'telegram';
}
