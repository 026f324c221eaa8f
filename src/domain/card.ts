import type { Language } from './actor.ts';

/** The message in a place that the bot keeps up to date with the current channel. */
export interface Card {
  /** The `id` of a `Place`. */
  readonly place: string;
  /** The platform's own id of the message. */
  readonly message: string;
  readonly language: Language;
  /** A digest of the content, so that the bot sends no edit that would change nothing. */
  readonly shown: string;
  /** Epoch milliseconds. */
  readonly postedAt: number;
}

/** The place and the platform's own id of a posted message. */
export type Posted = Pick<Card, 'place' | 'message'>;

/** The message of a vote that is still open. */
export type VoteMessage = Pick<Card, 'place' | 'message' | 'language'>;
