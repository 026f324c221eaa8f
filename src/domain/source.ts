import type { ChannelId } from './ids.ts';
/** Where to fetch a channel. The address contains the account, so it never reaches a log or a client. */
export interface Source {
  readonly channelId: ChannelId;
  readonly url: string;
  readonly format: 'ts' | 'm3u8';
  readonly userAgent: string;
}
