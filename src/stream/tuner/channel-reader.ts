import type { AskArchive } from '../../accounts/account-pool.ts';
import type { ChannelId } from '../../domain/ids.ts';
import type { Source } from '../../domain/source.ts';
import type { Span } from '../../domain/span.ts';
import { ArchiveReader, type ArchiveReaderOptions } from './archive-reader.ts';
import { RecordedReader, type RecordedStream } from './recorded-reader.ts';
import { SourceReader } from './source-reader.ts';

/** A channel, and how to find out where to fetch it. */
export interface TunerChannel {
  readonly channelId: ChannelId;
  /** Called once. @throws the signal's reason */
  readonly source: (signal: AbortSignal) => Promise<Source>;
  /** What the channel showed in a span, instead of what it shows now. */
  readonly past?: ChannelPast | null;
}

type ChannelPast = ArchivedPast | RecordedPast;

interface ArchivedPast {
  readonly span: Span;
  /** Called once. @throws the signal's reason */
  readonly archive: (signal: AbortSignal) => Promise<AskArchive>;
}

interface RecordedPast {
  readonly span: Span;
  /** @see RecordedStreams.open */
  readonly recorded: (at: number, signal: AbortSignal) => Promise<RecordedStream>;
}

export type ChannelReader = SourceReader | ArchiveReader | RecordedReader;

/** Finds out where to fetch a channel, and returns what makes the reader of each try. @throws the signal's reason */
export async function channelReaders(
  { source, past }: TunerChannel,
  options: ArchiveReaderOptions,
): Promise<() => ChannelReader> {
  if (past && 'recorded' in past)
    return () => new RecordedReader(past.span, { ...options, open: past.recorded });
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
  return reader && 'wallAt' in reader ? reader.wallAt(seconds) : past.span.from;
}
