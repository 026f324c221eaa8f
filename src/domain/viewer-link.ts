import type { Asker } from './actor.ts';

/** A private link to one channel. Its token is not known here, only what the token hashes to. */
export interface ViewerLink {
  readonly id: number;
  readonly person: Asker;
  readonly channelId: number;
  readonly channelName: string;
  /** Epoch milliseconds, as all times here. */
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly lastUsedAt: number | null;
}
