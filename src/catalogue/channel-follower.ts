import { setImmediate } from 'node:timers/promises';
import { accountOf, type ChannelId, type OwnAccount } from '../domain/ids.ts';
import type { Logger } from '../lib/logger.ts';
import type { ChannelMove, StoredChannel } from '../store/channel-moves.ts';
import type { Catalogue } from './catalogue.ts';
import { recognise } from './find-again.ts';

/** A table that names channels. */
export interface RemembersChannels {
  /** Every channel that is named, each id and name once. */
  remembered(): readonly StoredChannel[];
  /** Follows all moves at once, since ids change hands. */
  move(moves: readonly ChannelMove[]): void;
}

/** Makes everything that is stored follow its channels when the provider gives them other ids. */
export class ChannelFollower {
  readonly #catalogue: Catalogue;
  readonly #account: OwnAccount;
  readonly #tables: readonly RemembersChannels[];
  readonly #logger: Logger;
  #life = new AbortController();
  #end: () => void = () => {};
  #underWay: Promise<void> = Promise.resolve();

  /** @param account the account that the catalogue lists: channels of any other are left as they are. */
  constructor(
    catalogue: Catalogue,
    account: OwnAccount,
    tables: readonly RemembersChannels[],
    logger: Logger,
  ) {
    this.#catalogue = catalogue;
    this.#account = account;
    this.#tables = tables;
    this.#logger = logger;
  }

  start(): void {
    this.#life = new AbortController();
    this.#end = this.#catalogue.onChange(() => this.#followSoon());
  }

  async stop(): Promise<void> {
    this.#end();
    this.#life.abort();
    await this.#underWay;
  }

  #followSoon(): void {
    const { signal } = this.#life;
    this.#underWay = this.#underWay
      .then(() => this.#follow(signal))
      .catch((error: unknown) => {
        if (!signal.aborted)
          this.#logger.error({ err: error }, 'what is stored could not follow its channels');
      });
  }

  async #follow(signal: AbortSignal): Promise<void> {
    const moves = await this.#moves(signal);
    if (moves.length === 0) return;
    for (const table of this.#tables) table.move(moves);
  }

  async #moves(signal: AbortSignal): Promise<ChannelMove[]> {
    const moves: ChannelMove[] = [];
    /** Channels that are known by nothing but their ids, and the ids of those that are known by their names. */
    const nameless: StoredChannel[] = [];
    const named = new Set<ChannelId>();
    for (const from of this.#remembered()) {
      const { channel, by } = recognise(this.#catalogue, from);
      if (by === 'id') nameless.push(from);
      if (by === 'name') {
        const { id } = channel;
        named.add(id);
        if (id === from.channelId) continue;
        moves.push({ from, to: { channelId: id, channelName: channel.name } });
      }
      // It took a search: let others have their turn.
      await setImmediate();
      signal.throwIfAborted();
    }
    // Such an id was given away: its old name is not a former name of the channel that has the id now.
    for (const from of nameless) if (named.has(from.channelId)) moves.push({ from, to: null });
    return moves;
  }

  /** The channels of the listed account, each once, whichever tables name it. */
  #remembered(): Iterable<StoredChannel> {
    const all = this.#tables
      .flatMap((table) => table.remembered())
      .filter((each) => accountOf(each.channelId) === this.#account.id);
    return new Map(all.map((each) => [`${each.channelId} ${each.channelName}`, each])).values();
  }
}
