import type { Channel } from './channel.ts';
import type { Span } from './span.ts';

/**
 * A programme from the provider's archive, or a recording, shown from `from` to `to`, its end. Times are epoch milliseconds; of a
 * recording they are as if nothing were missing before them.
 */
export interface PastProgramme extends Span {
  /** When the programme began: `from`, unless it goes on after a break. */
  readonly start: number;
  /** Null where the guide does not know the programme. */
  readonly title: string | null;
  /** The recording that it is read from; absent for the provider's archive. */
  readonly recording?: number | undefined;
}

const DAY = 24 * 3_600_000;

/** Whether the provider still has what the channel showed then. @param at epoch milliseconds, like `now`. */
export function keeps({ archiveDays }: Pick<Channel, 'archiveDays'>, at: number, now: number): boolean {
  return at <= now && now - at < archiveDays * DAY;
}
