import type { Channel } from '../domain/channel.ts';
import { keyOfMark, markOfKey } from '../domain/channel-mark.ts';
import { type ChannelId, channelIdOfText, type OwnAccount, toApiChannelId } from '../domain/ids.ts';
import type { Logger } from '../lib/logger.ts';
import type { ChannelKeys } from '../store/channel-keys.ts';

export interface ChannelMarksOptions {
  readonly keys: Pick<ChannelKeys, 'keyOf' | 'channelOf'>;
  /** The account whose channels people may name by the provider's number. */
  readonly ownAccount: OwnAccount;
  readonly logger: Pick<Logger, 'error'>;
}

/**
 * How buttons and typed text name a channel: `~` and its key, which stays with the channel when the provider renumbers it,
 * or `#` and the number that the provider gives it, as people type it and as buttons of version 0.2 have it.
 */
export class ChannelMarks {
  readonly #options: ChannelMarksOptions;

  constructor(options: ChannelMarksOptions) {
    this.#options = options;
  }

  /** The mark for what stays in a chat. Mints the channel's key at the first call; without a database it is `typed`. */
  of({ id, name }: Pick<Channel, 'id' | 'name'>): string {
    const { keys, logger } = this.#options;
    try {
      return markOfKey(keys.keyOf({ channelId: id, channelName: name }));
    } catch (error) {
      logger.error({ err: error }, 'a channel has no key');
      return this.typed(id);
    }
  }

  /** The mark for what is used at once, such as a suggestion: needs no database, and no key is spent on it. */
  typed(id: ChannelId): string {
    // Colons separate the values of a button.
    return `#${String(toApiChannelId(id, this.#options.ownAccount)).replace(':', '/')}`;
  }

  /** The channel that a text names; `unknown` for a key without a channel, null for a text that is no mark. */
  read(text: string): ChannelId | 'unknown' | null {
    const { keys, ownAccount } = this.#options;
    const mark = text.trim();
    const key = keyOfMark(mark);
    if (key !== null) return keys.channelOf(key) ?? 'unknown';
    // An id has no spaces; a name may.
    if (!mark.startsWith('#') || /\s/.test(mark)) return null;
    return channelIdOfText(mark.slice(1).replace('/', ':'), ownAccount);
  }
}
