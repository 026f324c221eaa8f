import type { LimitOrigin } from '../domain/account-in-use.ts';
import type { BotPermission } from '../domain/actor.ts';
import type { BotState } from '../domain/bot-state.ts';
import type { DatabaseTrouble } from '../domain/database-health.ts';
import type { DiscoveryState } from '../domain/discovery-state.ts';
import type { DoctorSubject } from '../domain/doctor-subject.ts';
import type { GuideTrouble } from '../domain/guide-trouble.ts';
import type { JellyfinState } from '../domain/jellyfin-state.ts';
import type { PastTrouble } from '../domain/past-trouble.ts';

/** How many connections an account allows, and who says so. */
export interface ConnectionLimitFacts {
  readonly capacity: number;
  readonly origin: LimitOrigin;
}

/** The texts of /doctor: the facts, and what to do where something is wrong. */
export interface DoctorMessages {
  readonly healthy: string;
  readonly ill: (count: number) => string;
  readonly topics: Readonly<Record<DoctorSubject, string>>;
  readonly ffmpegIsOld: (version: string) => string;
  readonly demo: string;
  readonly acceptCertificate: (fingerprint: string) => string;
  /** @param id as in ACCOUNTS_OFF. */
  readonly accountOff: (id: string) => string;
  /** @param connections null where the provider does not tell how many it allows. */
  readonly goodAccount: (connections: number | null, until: string | null) => string;
  readonly expiresSoon: (until: string) => string;
  readonly slots: (used: number, limit: ConnectionLimitFacts, holders: string) => string;
  readonly othersWatch: (count: number) => string;
  readonly catalogue: (channels: number, hours: number) => string;
  readonly catalogueIsOld: (channels: number, hours: number) => string;
  readonly catalogueFailed: string;
  readonly guides: (count: number) => string;
  /** @param place of the address in XMLTV_URLS, from 1. */
  readonly guideFails: (place: number, why: string) => string;
  readonly guideTroubles: Readonly<Record<GuideTrouble, string>>;
  /** @param name of the account; null where there is one. */
  readonly accountGuideFails: (name: string | null, why: string) => string;
  readonly accountGuideTroubles: Readonly<Record<GuideTrouble, string>>;
  readonly publicUrl: Readonly<
    Record<'unset' | 'local' | 'reached' | 'renamed' | 'foreign' | 'unreachable', string>
  >;
  /** @param rate of the channel on air, in megabits per second. */
  readonly seats: (count: number, taken: number, rate: string) => string;
  readonly seatsFull: (count: number, taken: number, rate: string) => string;
  readonly edges: (count: number) => string;
  /** @param urls of those that do not work. */
  readonly edgesLost: (urls: string) => string;
  readonly discovery: Readonly<Record<Exclude<DiscoveryState, 'off'>, string>>;
  readonly jellyfin: Readonly<Record<Exclude<JellyfinState, 'off'>, string>>;
  readonly bot: Readonly<Record<BotState, string>>;
  readonly permissions: Readonly<Record<BotPermission, string>>;
  readonly mayAll: (placeId: string) => string;
  readonly lacks: (permissions: string) => string;
  readonly free: (size: string) => string;
  readonly diskIsFull: (size: string) => string;
  /** Below what RECORDINGS_FREE_GB leaves free. */
  readonly recordingsFull: (free: string, least: string) => string;
  /** All of the last days were complete. */
  readonly recordings: (count: number) => string;
  /** @param why the commonest reason, which says what to do; empty where there is none. */
  readonly recordingsFail: (
    counts: Readonly<Record<'complete' | 'incomplete' | 'failed', number>>,
    why: string,
  ) => string;
  /** @param wanted minutes; null where nothing makes it less. */
  readonly past: (minutes: number, wanted: number | null) => string;
  readonly pastTroubles: Readonly<Record<PastTrouble, string>>;
  readonly database: Readonly<Record<DatabaseTrouble, string>>;
  /** @param from the time of the backup; null where there was none. */
  readonly restored: (from: string | null) => string;
  readonly goodClock: string;
  readonly wrongClock: (seconds: number) => string;
}
