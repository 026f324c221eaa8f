import type { Language } from './actor.ts';

/** The message of a place that always shows what is on. */
export interface Card {
  /** As in `Place`. */
  readonly place: string;
  /** The platform's own id of the message. */
  readonly message: string;
  readonly language: Language;
  /** A digest of what it shows, so that nothing is sent that is there already. */
  readonly shown: string;
  /** Epoch milliseconds. */
  readonly postedAt: number;
}

/** A message by its place and the platform's own id. */
export type Posted = Pick<Card, 'place' | 'message'>;

/** The message of a vote that is under way. */
export type VoteMessage = Pick<Card, 'place' | 'message' | 'language'>;
