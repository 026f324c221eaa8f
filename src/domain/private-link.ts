import type { Asker } from './actor.ts';
import type { ChannelId } from './ids.ts';

/** A private link to one channel. Only the hash of its token is stored, never the token. */
export interface PrivateLink {
  readonly id: number;
  readonly person: Asker;
  readonly channelId: ChannelId;
  readonly channelName: string;
  /** Epoch milliseconds, like every time here. */
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly lastUsedAt: number | null;
}
