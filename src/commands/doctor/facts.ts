import type { BotPermission } from '../../domain/actor.ts';
import type { BotStates } from '../../domain/bot-state.ts';
import type { AppError } from '../../domain/errors.ts';
import type { Account } from '../../domain/provider.ts';

/** Whether others reach this server by PUBLIC_URL. `foreign`: something answers there, but not this server. */
export interface Reach {
  readonly url: string | null;
  readonly is: 'unset' | 'local' | 'reached' | 'foreign' | 'unreachable';
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
  publicUrl(): Promise<Reach>;
}

/** All that /doctor judges, at one moment. */
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
  readonly publicUrl: Reach;
  readonly bots: BotStates;
  /** Where it was asked: the platform's own id, and what the bot may not do there. */
  readonly here: { readonly id: string; readonly lacks: readonly BotPermission[] };
  readonly disk: Disk;
  /** Milliseconds that this machine's clock is ahead of the platform's; null where that is not known. */
  readonly ahead: number | null;
  readonly now: number;
}
