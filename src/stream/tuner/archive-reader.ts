import type { IncomingHttpHeaders } from 'node:http';
import type { AskArchive } from '../../accounts/account-pool.ts';
import { AppError } from '../../domain/errors.ts';
import type { ArchiveSource } from '../../domain/source.ts';
import type { Span } from '../../domain/span.ts';
import { sleep } from '../../lib/clock.ts';
import { firstRequest, nextRequest, stoppedAt, waitFor } from './archive-requests.ts';
import { LiveDisguise } from './live-disguise.ts';
import { SourceReader, type SourceReaderOptions } from './source-reader.ts';
import { Refusal } from './upstream.ts';

export interface ArchiveReaderOptions extends Omit<SourceReaderOptions, 'onAnswer'> {
  /** Seconds of stream time received so far. */
  readonly seconds: () => number;
}

/** Milliseconds between two tries to go on, and for how long there are any: a panel frees a connection late, and records late. */
const PAUSE = 5_000;
const PATIENCE = 30_000;
/** Answers of a panel that does not understand a form of address, or has no archive in that place. */
const NOT_HERE = new Set([400, 404, 405, 406, 410, 414, 416, 422, 500]);
const NO_ARCHIVE = new Set(['channel_silent', 'channel_web_page', 'channel_not_video']);

/** Ends the reading of an answer that goes on beyond what was asked for. */
class Enough extends Error {}

/**
 * Reads a stretch of a channel's past to its end, one request at a time: an archive gives some hours at most, and a running
 * programme only as far as it has been recorded.
 */
export class ArchiveReader {
  readonly #ask: AskArchive;
  readonly #span: Span;
  readonly #options: ArchiveReaderOptions;
  /** Where in the stream each answer begins, and what wall time that is. */
  readonly #marks: { readonly seconds: number; readonly wall: number }[] = [];
  /** The answer that is being read; null between two. */
  #answer: { readonly source: ArchiveSource; readonly request: Span; hasBytes: boolean } | null = null;
  #headers: IncomingHttpHeaders = {};
  /** Null once the first answer has been judged, or need not be. */
  #disguise: LiveDisguise | null = null;
  #isJudged = false;

  constructor(ask: AskArchive, span: Span, options: ArchiveReaderOptions) {
    this.#ask = ask;
    this.#span = span;
    this.#options = options;
  }

  /** True while it waits until it can go on. */
  get isInBatches(): boolean {
    return this.#answer === null;
  }

  /** The wall time of a picture, in epoch milliseconds. @param seconds stream time. */
  wallAt(seconds: number): number {
    const mark = this.#marks.findLast((each) => each.seconds <= seconds) ?? this.#marks[0];
    return mark ? mark.wall + (seconds - mark.seconds) * 1000 : this.#span.from;
  }

  /** Resolves when all has been read. @throws AppError archive_missing, archive_is_live, or what SourceReader.read throws */
  async read(): Promise<void> {
    const { clock, signal, seconds } = this.#options;
    let request: Span | 'stuck' | null = firstRequest(this.#span, clock.now());
    while (request) {
      if (request === 'stuck') throw new AppError('archive_missing');
      const askedAt = clock.now();
      if (this.#marks.length === 0) await this.#request(request, this.#ask(request));
      else await this.#goOn(request);
      const isWhole = this.#headers['content-length'] !== undefined;
      const reached = stoppedAt(request, this.wallAt(seconds()), isWhole, askedAt);
      request = nextRequest(request, reached, this.#span.to, clock.now());
      if (request && request !== 'stuck') await sleep(clock, waitFor(request, clock.now()), signal);
    }
  }

  /** Asks for a further stretch at the address that has worked, again and again for a while. */
  async #goOn(request: Span): Promise<void> {
    const { clock, signal } = this.#options;
    const giveUpAt = clock.monotonic() + PATIENCE;
    for (;;) {
      const answers = this.#marks.length;
      try {
        return await this.#request(request, this.#ask(request).slice(0, 1));
      } catch (error) {
        const hasBegun = this.#marks.length > answers;
        if (hasBegun || signal.aborted || clock.monotonic() > giveUpAt) throw error;
      }
      await sleep(clock, PAUSE, signal);
    }
  }

  /** Reads the first answer that is an archive. @throws AppError archive_missing */
  async #request(request: Span, sources: readonly ArchiveSource[]): Promise<void> {
    for (const source of sources) if (await this.#isRead(source, request)) return;
    throw new AppError('archive_missing');
  }

  /** @returns false if there is no archive at this address. */
  async #isRead(source: ArchiveSource, request: Span): Promise<boolean> {
    const answer = { source, request, hasBytes: false };
    this.#answer = answer;
    this.#headers = {};
    try {
      await new SourceReader(source, {
        ...this.#options,
        onAnswer: (headers) => {
          this.#headers = headers;
        },
        onBytes: (bytes) => this.#take(bytes),
        room: () => this.#room(),
      }).read();
      return true;
    } catch (error) {
      if (error instanceof Enough) return true;
      if (answer.hasBytes || !isNotHere(error)) throw error;
      return false;
    } finally {
      this.#answer = null;
    }
  }

  #take(bytes: Buffer): void {
    const { answer, options } = { answer: this.#answer, options: this.#options };
    if (answer && !answer.hasBytes) {
      answer.hasBytes = true;
      answer.source.noteWorked();
      this.#marks.push({ seconds: options.seconds(), wall: answer.request.from });
      if (!this.#isJudged && !tellsLength(this.#headers))
        this.#disguise ??= new LiveDisguise(options.clock.monotonic());
    }
    options.onBytes(bytes);
    this.#judge();
    if (answer && this.wallAt(options.seconds()) >= answer.request.to) throw new Enough();
  }

  /** @throws AppError archive_is_live */
  #judge(): void {
    const { clock, seconds } = this.#options;
    const verdict = this.#disguise?.judge(clock.monotonic(), seconds());
    if (!verdict) return;
    this.#endJudging();
    if (verdict === 'archive') return;
    this.#answer?.source.noteLive();
    throw new AppError('archive_is_live');
  }

  /** A source that has to be held back is not live. */
  #room(): Promise<void> | null {
    const room = this.#options.room();
    if (room) this.#endJudging();
    return room;
  }

  #endJudging(): void {
    this.#isJudged = true;
    this.#disguise = null;
  }
}

function tellsLength(headers: IncomingHttpHeaders): boolean {
  return headers['content-length'] !== undefined || headers['accept-ranges'] !== undefined;
}

function isNotHere(error: unknown): boolean {
  if (error instanceof Refusal) return NOT_HERE.has(error.status) && error.trouble.kind !== 'barrier';
  return error instanceof AppError && NO_ARCHIVE.has(error.code);
}
