import type { Category, Channel, Programme } from './channel.ts';
import type { AppError } from './errors.ts';

/** What the subscription is and allows. */
export interface Account {
  /** The provider's own word: Active, Expired, Banned, Disabled … */
  readonly status: string;
  /** Epoch milliseconds; null means it does not expire, or the provider does not say. */
  readonly expiresAt: number | null;
  /** Connections allowed at a time, at least 1. */
  readonly maxConnections: number;
  readonly activeConnections: number;
  readonly outputFormats: readonly ('ts' | 'm3u8')[];
}

/** What the provider says of the account's connections: all in use, or not; or why the account is of no use. */
export type LineState = 'free' | 'full' | 'unknown' | AppError;

/** Where a channel's bytes come from. The address holds the account: it never reaches a log or a client. */
export interface Source {
  readonly channelId: number;
  readonly url: string;
  readonly format: 'ts' | 'm3u8';
  readonly userAgent: string;
}

/** The whole list of one refresh. */
export interface Lineup {
  readonly categories: readonly Category[];
  readonly channels: readonly Channel[];
  /** Records that could not be repaired and were left out. */
  readonly dropped: number;
}

/** The port to whoever supplies television. Every method throws AppError and honours its signal. */
export interface SourceProvider {
  account(signal?: AbortSignal): Promise<Account>;
  lineup(signal?: AbortSignal): Promise<Lineup>;
  /** Now and next of one channel, ordered by start; empty where the provider has no guide. */
  shortGuide(channelId: number, signal?: AbortSignal): Promise<Programme[]>;
  /**
   * The guide of all channels, XMLTV that may be gzip, handed to `read` as it arrives; `read` heeds the signal that it
   * is given, and what it resolves with is the result.
   */
  wholeGuide<T>(
    read: (body: AsyncIterable<Uint8Array>, signal: AbortSignal) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T>;
  source(channelId: number): Source;
}
