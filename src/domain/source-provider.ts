import type { Category, Channel, Programme } from './channel.ts';
import type { AppError } from './errors.ts';
import type { ChannelId } from './ids.ts';
import type { ArchiveSource, Source } from './source.ts';
import type { Span } from './span.ts';

/** The state and the limits of the subscription. */
export interface Account {
  /** The provider's own word: Active, Expired, Banned, Disabled … */
  readonly status: string;
  /** Epoch milliseconds; null if the account does not expire, or if the provider does not tell. */
  readonly expiresAt: number | null;
  /** The number of simultaneous connections that are allowed, at least 1; null if the provider does not tell. */
  readonly maxConnections: number | null;
  readonly activeConnections: number;
  readonly outputFormats: readonly ('ts' | 'm3u8')[];
}

/** Whether the account has a free connection, or the error that makes the account unusable. */
export type LineState = 'free' | 'full' | 'unknown' | AppError;

/** The complete channel list of one refresh. */
export interface Lineup {
  readonly categories: readonly Category[];
  readonly channels: readonly Channel[];
  /** The number of records that could not be repaired and were left out. */
  readonly dropped: number;
  /** The same for the same list; absent where the provider does not tell lists apart. */
  readonly version?: string;
}

/** The most programmes of a short guide: an evening for a row of the guide, and a reserve for the half hour until the next fetch. */
export const SHORT_GUIDE_LENGTH = 12;

/** The port to a supplier of television. Every method throws AppError and honours its signal. */
export interface SourceProvider {
  account(signal?: AbortSignal): Promise<Account>;
  lineup(signal?: AbortSignal): Promise<Lineup>;
  /** The list, or null if it is still the known version. */
  newLineup?(known: string, signal?: AbortSignal): Promise<Lineup | null>;
  /** The current and the next programmes of one channel, ordered by start; empty if the provider has no guide. */
  shortGuide(channelId: ChannelId, signal?: AbortSignal): Promise<Programme[]>;
  /**
   * Streams the guide of all channels to `read`, as XMLTV that may be gzipped. `read` must honour its signal; its result is
   * returned, or null if the provider has no guide.
   */
  wholeGuide<T>(
    read: (body: AsyncIterable<Uint8Array>, signal: AbortSignal) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T | null>;
  /** Called by accounts/ alone, as the connection is opened: the account's first answer may change the format. */
  source(channelId: ChannelId): Source;
  /**
   * Addresses of a stretch of the channel's past, in whole minutes, the likeliest first. Called by accounts/ alone, after the
   * account's first answer, which tells the provider's time zone.
   */
  archive(channelId: ChannelId, span: Span): readonly ArchiveSource[];
  /** Tells that the last source of the channel could not be opened, for a provider that has several. */
  noteFailed?(channelId: ChannelId): void;
}
