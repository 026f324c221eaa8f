import type { Span } from '../../domain/span.ts';
import type { SourceReaderOptions } from './source-reader.ts';

/** Where recordings are read. */
export interface RecordedStreams {
  /**
   * Opens a recording at a moment, or at the last keyframe before it.
   * @param at as of `PastProgramme`. @throws AppError recording_unknown, recording_not_ready, recording_file_gone
   */
  open(recording: number, at: number, signal: AbortSignal): Promise<RecordedStream>;
}

/** A recording that is being read. */
export interface RecordedStream {
  /** The moment of its first picture, as of `PastProgramme`. */
  readonly from: number;
  /** MPEG-TS as fast as it is taken; of a recording that runs, as it grows. */
  readonly bytes: AsyncIterable<Buffer>;
}

export interface RecordedReaderOptions
  extends Pick<SourceReaderOptions, 'signal' | 'onBytes' | 'onSign' | 'room'> {
  readonly open: (at: number, signal: AbortSignal) => Promise<RecordedStream>;
}

/** Reads a recording to its end. */
export class RecordedReader {
  /** A disk tells by itself when it has nothing more, and a recording that runs grows in batches. */
  readonly isInBatches = true;
  readonly #span: Span;
  readonly #options: RecordedReaderOptions;
  #from: number;

  constructor(span: Span, options: RecordedReaderOptions) {
    this.#span = span;
    this.#options = options;
    this.#from = span.from;
  }

  /** The moment of a picture, as of `PastProgramme`. @param seconds stream time. */
  wallAt(seconds: number): number {
    return this.#from + seconds * 1000;
  }

  /** Resolves at the recording's end. @throws AppError as RecordedStreams.open, or the system's error */
  async read(): Promise<void> {
    const { open, signal, onBytes, onSign, room } = this.#options;
    const { from, bytes } = await open(this.#span.from, signal);
    this.#from = from;
    for await (const chunk of bytes) {
      signal.throwIfAborted();
      onSign();
      onBytes(chunk);
      await room();
    }
    signal.throwIfAborted();
  }
}
