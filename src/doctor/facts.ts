import type { BotPermission } from '../domain/actor.ts';
import type { BotStates } from '../domain/bot-state.ts';
import type { DatabaseHealth } from '../domain/database-health.ts';
import type { AppError } from '../domain/errors.ts';
import type { Account } from '../domain/source-provider.ts';

/**
 * Whether others reach this server by PUBLIC_URL. `foreign`: something answers there, but not this server; `renamed`: a
 * Zapette is asked for another name on the way.
 */
export interface Reachability {
  readonly url: string | null;
  readonly is: 'unset' | 'local' | 'reached' | 'renamed' | 'foreign' | 'unreachable';
}

export interface Disk {
  readonly path: string;
  /** Bytes; null where the system does not say. */
  readonly free: number | null;
  readonly isWritable: boolean;
}

/** What there is around the commands that can be out of order. */
export interface Machine {
  readonly ffmpeg: { readonly version: string; readonly bundled: boolean };
  readonly isDemo: boolean;
  readonly slots: { readonly capacity: number; readonly holders: readonly string[] };
  bots(): BotStates;
  disk(): Promise<Disk>;
  database(): DatabaseHealth;
  publicUrl(): Promise<Reachability>;
}

/** A question from a chat. */
export interface Asking {
  /** The platform's own id of the place. */
  readonly placeId: string;
  /** What the bot would need there and may not do. */
  readonly lacks: readonly BotPermission[];
  /** When, by the platform's clock; epoch milliseconds, null where it does not say. */
  readonly at: number | null;
}

/** All that is judged, at one moment. */
export interface Facts {
  readonly ffmpeg: Machine['ffmpeg'];
  readonly isDemo: boolean;
  readonly account: Account | AppError;
  readonly slots: Machine['slots'];
  readonly catalogue: {
    readonly channels: number;
    readonly refreshedAt: number | null;
    readonly failure: AppError | null;
  };
  readonly publicUrl: Reachability;
  readonly bots: BotStates;
  /** Where it was asked: the platform's own id, and what the bot may not do there; null where that is no chat. */
  readonly here: { readonly id: string; readonly lacks: readonly BotPermission[] } | null;
  readonly disk: Disk;
  readonly database: DatabaseHealth;
  /** Milliseconds that this machine's clock is ahead of the platform's; null where that is not known. */
  readonly ahead: number | null;
  readonly now: number;
}
