import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { type AccountId, accountId, accountOf, type ChannelId, channelId } from '../domain/ids.ts';
import type { Logger } from '../lib/logger.ts';
import type { ChannelMove, StoredChannel } from '../store/channel-moves.ts';
import type { Catalogue } from './catalogue.ts';
import { recognise } from './find-again.ts';
import { TimeSlices } from './time-slices.ts';

/** A table that names channels. */
export interface RemembersChannels {
  /** Every channel that is named; read while others have their turn. */
  remembered(): Iterable<StoredChannel>;
  /** Follows all moves at once, since ids change hands. */
  move(moves: readonly ChannelMove[]): void;
}

/** Which logins the stored channels belong to. */
export interface LoginMemory {
  /** Whether an account has another login now. */
  isOther(account: AccountId): boolean;
  /** Notes that the stored channels of an account have followed to its present login. */
  note(account: AccountId): void;
}

/** The account of channels whose login has been replaced by one that does not have them. They come back by their names. */
const formerAccount = accountId('former');

/** Makes everything that is stored follow its channels when the provider gives them other ids. */
export class ChannelFollower {
  readonly #catalogue: Catalogue;
  readonly #tables: readonly RemembersChannels[];
  readonly #login: LoginMemory;
  readonly #logger: Logger;
  #life = new AbortController();
  #end: () => void = () => {};
  #underWay: Promise<void> = Promise.resolve();

  constructor(
    catalogue: Catalogue,
    tables: readonly RemembersChannels[],
    login: LoginMemory,
    logger: Logger,
  ) {
    this.#catalogue = catalogue;
    this.#tables = tables;
    this.#login = login;
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

  /** Resolves once everything that is stored has followed the present list. Never rejects. */
  followed(): Promise<void> {
    return this.#underWay;
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
    const listed = this.#listed;
    const others = new Set([...listed].filter((account) => this.#login.isOther(account)));
    const moves = await this.#moves(signal, others, listed);
    if (moves.length > 0) for (const table of this.#tables) table.move(moves);
    // Another login may have come meanwhile.
    for (const account of listed)
      if (this.#login.isOther(account) === others.has(account)) this.#login.note(account);
  }

  /** @param others accounts whose ids say nothing, since they are another login's. */
  async #moves(
    signal: AbortSignal,
    others: ReadonlySet<AccountId>,
    listed: ReadonlySet<AccountId>,
  ): Promise<ChannelMove[]> {
    const moves: ChannelMove[] = [];
    /** Channels that are known by nothing but their ids, and the ids of those that are known by their names. */
    const nameless: StoredChannel[] = [];
    const named = new Set<ChannelId>();
    const slices = new TimeSlices(signal);
    for (const from of this.#remembered(listed)) {
      if (slices.due()) await slices.rest();
      const { channel, by } = recognise(this.#catalogue, from);
      if (by !== 'name' && others.has(accountOf(from.channelId))) moves.push({ from, to: toFormer(from) });
      else if (by === 'id') nameless.push(from);
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

  /** The accounts whose present lists are there. */
  get #listed(): ReadonlySet<AccountId> {
    const listed = this.#catalogue.lists.filter(({ channels, isForeign }) => channels > 0 && !isForeign);
    return new Set(listed.map(({ account }) => account));
  }

  /** The channels of accounts whose lists are there, each once, whichever tables name it. */
  *#remembered(listed: ReadonlySet<AccountId>): Generator<StoredChannel> {
    const seen = new Set<string>();
    for (const table of this.#tables)
      for (const channel of table.remembered()) {
        const key = `${channel.channelId} ${channel.channelName}`;
        const account = accountOf(channel.channelId);
        if (seen.has(key) || !(listed.has(account) || account === formerAccount)) continue;
        seen.add(key);
        yield channel;
      }
  }
}

/** An id by the name: two channels that have had the same id stay two. */
function toFormer({ channelName }: StoredChannel): StoredChannel {
  const digest = createHash('sha256').update(channelName).digest('base64url');
  return { channelId: channelId(formerAccount, digest.slice(0, 16)), channelName };
}
