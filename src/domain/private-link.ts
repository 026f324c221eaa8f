import type { Asker } from './actor.ts';
import type { ChannelId } from './ids.ts';
import type { Span } from './span.ts';

/** A private link to one channel, or to one of its past programmes. Only the hash of its token is stored, never the token. */
export interface PrivateLink {
  readonly id: number;
  readonly person: Asker;
  readonly channelId: ChannelId;
  readonly channelName: string;
  /** Null for the channel as it comes. */
  readonly past: Span | null;
  /** Epoch milliseconds, like every time here. */
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly lastUsedAt: number | null;
}
