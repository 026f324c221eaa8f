import type { AccountInUse } from '../domain/account-in-use.ts';
import type { BotPermission } from '../domain/actor.ts';
import type { BotStates } from '../domain/bot-state.ts';
import type { DatabaseHealth } from '../domain/database-health.ts';
import type { DiscoveryState } from '../domain/discovery-state.ts';
import type { AppError } from '../domain/errors.ts';
import type { GuideTrouble } from '../domain/guide-trouble.ts';
import type { AccountId } from '../domain/ids.ts';
import type { JellyfinState } from '../domain/jellyfin-state.ts';
import type { PastTrouble } from '../domain/past-trouble.ts';
import type { RecordingReason } from '../domain/recording.ts';
import type { Account } from '../domain/source-provider.ts';

/**
 * Whether PUBLIC_URL leads to this server. `foreign`: something else answers there; `renamed`: a
 * proxy changes the Host header on the way.
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

/** The guide of an account, or a further one. */
export interface GuideFacts {
  /** Null for a further guide. */
  readonly account: AccountId | null;
  /** The place of its address in XMLTV_URLS, from 1; 0 for an account's own. */
  readonly place: number;
  /** Null if it was read, or is to be. */
  readonly trouble: GuideTrouble | null;
}

/** The past of a screen. */
export interface PastFacts {
  readonly screen: string;
  /** Milliseconds that one can go back at the moment. */
  readonly length: number;
  readonly trouble: PastTrouble | null;
}

/** How far back people can go. */
export interface PastsFacts {
  /** Milliseconds as set; 0 for none. */
  readonly wanted: number;
  readonly screens: readonly PastFacts[];
}

/** Recordings, and where they are written. */
export interface RecordingsFacts {
  /** The folder, or the one in which the first recording makes it. */
  readonly disk: Disk;
  /** Bytes that stay free: below, nothing is recorded. */
  readonly leastFree: number;
  /** Numbers of those that have ended in the last seven days. */
  readonly complete: number;
  readonly incomplete: number;
  readonly failed: number;
  /** Why most of the last two have. */
  readonly reason: RecordingReason | null;
}

/** Viewers away from home, whose picture leaves over the line. */
export interface SeatFacts {
  /** Bits per second that the line sends. */
  readonly upload: number;
  /** Bits per second of the channel on air; of several, the highest. */
  readonly bitrate: number;
  /** Viewers away from home, or edges that take the picture for them. */
  readonly taken: number;
}

/** A cache in front of this server. */
export interface EdgeFacts {
  readonly url: string;
  readonly works: boolean;
}

/** The parts of the server that /doctor checks. */
export interface Machine {
  readonly ffmpeg: { readonly version: string; readonly bundled: boolean };
  readonly isDemo: boolean;
  /** Accounts that are set but not in use. */
  readonly accountsOff: readonly AccountId[];
  bots(): BotStates;
  disk(): Promise<Disk>;
  database(): DatabaseHealth;
  publicUrl(): Promise<Reachability>;
  discovery(): DiscoveryState;
  /** Asks the server. Never rejects. */
  jellyfin(): Promise<JellyfinState>;
  guides(): readonly GuideFacts[];
  pasts(): PastsFacts;
  /** Null where nothing was ever recorded or planned. */
  recordings(): Promise<RecordingsFacts | null>;
  /** Null where it is not known, or nothing is on air. */
  seats(): SeatFacts | null;
  edges(): readonly EdgeFacts[];
}

/** A call of /doctor from a chat. */
export interface Asking {
  /** The platform's own id of the place. */
  readonly placeId: string;
  /** Permissions that the bot needs there and lacks. */
  readonly lacks: readonly BotPermission[];
  /** When it was sent, in epoch milliseconds by the platform's clock; null where that is not known. */
  readonly at: number | null;
}

/** What is known about one account in use. */
export interface AccountFacts {
  readonly id: AccountId;
  readonly answer: Account | AppError;
  readonly slots: AccountInUse['slots'];
  readonly list: {
    readonly channels: number;
    readonly refreshedAt: number | null;
    readonly failure: AppError | null;
  };
}

/** All facts at one moment. */
export interface Facts {
  readonly ffmpeg: Machine['ffmpeg'];
  readonly isDemo: boolean;
  /** Those in use, in the order in which they count. */
  readonly accounts: readonly AccountFacts[];
  readonly accountsOff: readonly AccountId[];
  readonly publicUrl: Reachability;
  readonly discovery: DiscoveryState;
  readonly jellyfin: JellyfinState;
  readonly guides: readonly GuideFacts[];
  readonly bots: BotStates;
  /** The chat's own id, and the permissions that the bot lacks there; null where it was not asked from a chat. */
  readonly here: { readonly id: string; readonly lacks: readonly BotPermission[] } | null;
  readonly disk: Disk;
  readonly pasts: PastsFacts;
  readonly recordings: RecordingsFacts | null;
  readonly seats: SeatFacts | null;
  readonly edges: readonly EdgeFacts[];
  readonly database: DatabaseHealth;
  /** Milliseconds that this machine's clock is ahead of the platform's; null where that is not known. */
  readonly ahead: number | null;
  readonly now: number;
}
