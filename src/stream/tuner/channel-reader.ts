import type { AskArchive } from '../../accounts/account-pool.ts';
import type { ChannelId } from '../../domain/ids.ts';
import type { Source } from '../../domain/source.ts';
import type { Span } from '../../domain/span.ts';
import { ArchiveReader, type ArchiveReaderOptions } from './archive-reader.ts';
import { SourceReader } from './source-reader.ts';

/** A channel, and how to find out where to fetch it. */
export interface TunerChannel {
  readonly channelId: ChannelId;
  /** Called once. @throws the signal's reason */
  readonly source: (signal: AbortSignal) => Promise<Source>;
  /** What the channel showed in a span, instead of what it shows now. */
  readonly past?: ChannelPast | null;
}

interface ChannelPast {
  readonly span: Span;
  /** Called once. @throws the signal's reason */
  readonly archive: (signal: AbortSignal) => Promise<AskArchive>;
}

export type ChannelReader = SourceReader | ArchiveReader;

/** Finds out where to fetch a channel, and returns what makes the reader of each try. @throws the signal's reason */
export async function channelReaders(
  { source, past }: TunerChannel,
  options: ArchiveReaderOptions,
): Promise<() => ChannelReader> {
  if (past) {
    const ask = await past.archive(options.signal);
    return () => new ArchiveReader(ask, past.span, options);
  }
  const found = await source(options.signal);
  return () => new SourceReader(found, options);
}

/** The wall time of a picture in epoch milliseconds; null for a channel as it is now. @param seconds stream time. */
export function wallTimeOf(
  { past }: TunerChannel,
  reader: ChannelReader | null,
  seconds: number,
): number | null {
  if (!past) return null;
  return reader instanceof ArchiveReader ? reader.wallAt(seconds) : past.span.from;
}
