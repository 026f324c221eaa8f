import { createHash } from 'node:crypto';
import PQueue from 'p-queue';
import { card, cardStaleAt } from '../commands/card.ts';
import type { CommandContext } from '../commands/context.ts';
import type { Reply } from '../commands/reply.ts';
import type { Place, Platform } from '../domain/actor.ts';
import type { BroadcastState } from '../domain/broadcast-status.ts';
import type { Card } from '../domain/card.ts';
import { Coalescer } from '../lib/coalescer.ts';
import type { Logger } from '../lib/logger.ts';

/** How a platform changes what it has posted. Rejects where another try may succeed. */
export interface CardPort {
  /** What a reply looks like there: as long as that is the same, there is nothing to send. */
  looks(reply: Reply): string;
  /** False: there is nothing to change any more, since it was deleted or the bot shut out. */
  edit(message: Posted, reply: Reply): Promise<boolean>;
  remove(message: Posted): Promise<void>;
}

/** A message by its place and the platform's own id. */
export type Posted = Pick<Card, 'place' | 'message'>;

export interface CardKeeperOptions {
  readonly cards: {
    find(place: string): Card | null;
    all(): Card[];
    put(card: Card): void;
    setShown(message: Posted, shown: string): void;
    forget(message: Posted): void;
  };
  readonly context: CommandContext;
  readonly logger: Logger;
}

const GATHER = 1_000;
/** Edits of one card are at least this far apart: services are strict with bots that edit without end. */
const EVERY = 15_000;

/** States that soon become another one: the card waits for that. What is on air meanwhile has not changed. */
const passing: ReadonlySet<BroadcastState> = new Set(['starting', 'switching', 'stopping']);

/** Keeps the card of each place up to date: after events, seldom, and over restarts. Knows no platform. */
export class CardKeeper {
  readonly #options: CardKeeperOptions;
  readonly #ports = new Map<Platform, CardPort>();
  readonly #edits = new Map<string, Coalescer>();
  readonly #turns = new Map<string, PQueue>();
  #endings: (() => void)[] = [];
  #cancelStale: () => void = () => {};
  #isStopped = false;

  constructor(options: CardKeeperOptions) {
    this.#options = options;
  }

  start(): void {
    const { broadcast, catalogue, guide, reactions } = this.#options.context;
    this.#endings = [
      broadcast.subscribe(() => this.#touchAll()),
      // The buttons lead to channels of the list.
      catalogue.onChange(() => this.#touchAll()),
      guide.subscribe((channelId) => {
        if (channelId === broadcast.status.channel?.id) this.#touchAll();
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
    this.#ports.clear();
  }

  /**
   * A platform can be reached: what happened since its cards were last edited is shown. The returned function says
   * that it can be no longer.
   */
  connect(platform: Platform, port: CardPort): () => void {
    this.#ports.set(platform, port);
    this.#touchAll();
    return () => {
      if (this.#ports.get(platform) === port) this.#ports.delete(platform);
    };
  }

  /** An answer was posted, or put into a message. A card is the place's only one now, and another one goes. */
  posted(place: Place, message: string, reply: Reply): void {
    reply.onPosted?.((next) => this.#change({ place: place.id, message }, next));
    // A button that was still being answered while all ended comes too late to be remembered.
    if (!reply.isCard || this.#isStopped) return;
    const { cards, context } = this.#options;
    const { id, language } = place;
    const before = cards.find(id);
    cards.put({
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

  /**
   * Does what edits a place's messages, one after another: of two at once the older could be the last to arrive, and one
   * that shows the same is one too many.
   */
  inTurn(place: string, job: () => Promise<void>): Promise<void> {
    const turns = this.#turns.get(place) ?? new PQueue({ concurrency: 1 });
    this.#turns.set(place, turns);
    return turns.add(job);
  }

  isCard({ place, message }: Posted): boolean {
    return this.#options.cards.find(place)?.message === message;
  }

  /** The message is the place's card, and shows this already. */
  shows(posted: Posted, reply: Reply): boolean {
    return (
      this.isCard(posted) &&
      this.#options.cards.find(posted.place)?.shown === this.#digest(posted.place, reply)
    );
  }

  #touchAll(): void {
    for (const { place } of this.#options.cards.all()) this.#editsOf(place).touch();
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
    const { cards, context } = this.#options;
    const known = cards.find(place);
    const port = this.#portOf(place);
    const { status } = context.broadcast;
    if (!known || !port || passing.has(status.state)) return;
    const reply = card(status, context, known.language);
    this.#lookAgainAt(cardStaleAt(status, context));
    const shown = this.#digest(place, reply);
    if (shown === known.shown) return;
    this.#editsOf(place).didJob();
    try {
      if (await port.edit(known, reply)) cards.setShown(known, shown);
      else cards.forget(known);
    } catch (error) {
      this.#complain(place, error);
      this.#editsOf(place).touch();
    }
  }

  /** One timer for all: every card shows the same programme. */
  #lookAgainAt(staleAt: number | null): void {
    const { clock } = this.#options.context;
    this.#cancelStale();
    if (staleAt !== null) {
      this.#cancelStale = clock.after(Math.max(GATHER, staleAt - clock.now()), () => this.#touchAll());
    }
  }

  async #change(posted: Posted, reply: Reply): Promise<void> {
    try {
      await this.#portOf(posted.place)?.edit(posted, reply);
    } catch (error) {
      this.#complain(posted.place, error);
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
    const platform = place.slice(0, place.indexOf(':'));
    return this.#ports.get(platform === 'discord' ? 'discord' : 'telegram');
  }

  #complain(place: string, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.#options.logger.warn({ place, reason }, 'a message could not be changed');
  }
}
