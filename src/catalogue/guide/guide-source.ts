import type { AccountId } from '../../domain/ids.ts';
import type { FileVersion } from './guide-writer.ts';

/** Reads a guide as it arrives. @param version what the server says about it. */
export type ReadGuide<T> = (
  body: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
  version: FileVersion,
) => Promise<T>;

/** Where a guide comes from, and the file that it is kept in. */
export interface GuideSource {
  /** The account whose guide it is; null for an address of XMLTV_URLS. */
  readonly account: AccountId | null;
  /** Its place in XMLTV_URLS, from 1; 0 for an account's own. */
  readonly place: number;
  readonly path: string;
  /**
   * Streams the guide to `read`, and returns its result; or `unchanged` if it is still the known version, or if there is none.
   * @throws AppError provider_*, account_*, or the signal's reason
   */
  fetch<T>(read: ReadGuide<T>, known: FileVersion | null, signal: AbortSignal): Promise<T | 'unchanged'>;
}

/** How the last reading of a guide went. */
export interface GuideReport {
  /** As in GuideSource. */
  readonly account: AccountId | null;
  /** As in GuideSource. */
  readonly place: number;
  /** Its error; null if it went well, or has not ended. */
  readonly failure: unknown;
  /** When the guide was last found up to date, in epoch milliseconds; null if never in this process. */
  readonly checkedAt: number | null;
}

/** The file of a version that is not known. */
export const noVersion: FileVersion = { etag: null, modified: null };
