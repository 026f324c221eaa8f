import type { ChannelId } from './ids.ts';
/** Where to fetch a channel. The address contains the account, so it never reaches a log or a client. */
export interface Source {
  readonly channelId: ChannelId;
  readonly url: string;
  readonly format: 'ts' | 'm3u8';
  readonly userAgent: string;
  /** Further headers of each request, with names in lower case; none of the connection's own. Secrets too. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** One of several addresses of the same stretch of a channel's past; which form of address works depends on the panel. */
export interface ArchiveSource extends Source {
  /** Puts this form of address first from now on. */
  noteWorked(): void;
  /** Puts this form of address last from now on, since the answer to it is the live picture. */
  noteLive(): void;
}
