import type { Category, Channel } from '../domain/channel.ts';
import { type AccountId, channelId } from '../domain/ids.ts';
import { LineSplitter } from './line-splitter.ts';
import { type ChannelAddress, type ListEntry, ownIdOfEntry, readEntry } from './list-entry.ts';
import { type M3uEntry, M3uParser } from './m3u-parser.ts';

/** A channel of the list with the addresses that it can be fetched from, best first. */
export interface ListedChannel {
  readonly channel: Channel;
  readonly addresses: readonly ChannelAddress[];
}

/** The outcome of parsing. stream: the playlist of a single stream · other: something else than a list */
export type ListOutcome =
  | {
      readonly kind: 'list';
      readonly categories: readonly Category[];
      /** The addresses of the list's guides, best first. */
      readonly guides: readonly string[];
      /** The numbers of entries that were left out: unusable ones, and films. */
      readonly dropped: number;
      readonly films: number;
      /** True if the last line has no end, as in a list that was cut off. */
      readonly endsOpen: boolean;
    }
  | { readonly kind: 'stream' }
  | { readonly kind: 'other'; readonly beginning: string };

/** What a parser must know of its list. */
export interface ListParserOptions {
  readonly account: AccountId;
  /** The list's address, for relative ones; null for a file. */
  readonly base: string | null;
}

/** The characters of something else that are kept to tell what it is. */
const BEGINNING = 4_096;

/** Parses an M3U list into channels as the bytes arrive. It takes much CPU time, so list-worker runs it. */
export class ListParser {
  readonly #options: ListParserOptions;
  readonly #onChannel: (channel: ListedChannel) => void;
  readonly #parser = new M3uParser((entry) => this.#take(entry));
  readonly #lines = new LineSplitter((line) => this.#takeLine(line));
  readonly #categories = new Map<string, Category>();
  /** How often each id has come. */
  readonly #counts = new Map<string, number>();
  #beginning = '';
  #films = 0;
  #unusable = 0;
  #lastByte: number | undefined;

  constructor(options: ListParserOptions, onChannel: (channel: ListedChannel) => void) {
    this.#options = options;
    this.#onChannel = onChannel;
  }

  /** Takes the next bytes. */
  push(chunk: Buffer): void {
    this.#lines.push(chunk);
    this.#lastByte = chunk.at(-1) ?? this.#lastByte;
  }

  /** Ends the input. */
  end(): ListOutcome {
    this.#lines.end();
    this.#parser.end();
    if (this.#parser.isStream) return { kind: 'stream' };
    if (!this.#parser.hasTag && this.#beginning !== '') return { kind: 'other', beginning: this.#beginning };
    return {
      kind: 'list',
      categories: [...this.#categories.values()],
      guides: this.#guides(),
      dropped: this.#parser.dropped + this.#unusable,
      films: this.#films,
      endsOpen: this.#lastByte !== 0x0a && this.#lastByte !== 0x0d,
    };
  }

  #takeLine(line: string | null): void {
    if (line !== null && this.#beginning.length < BEGINNING)
      this.#beginning += `${line.slice(0, BEGINNING)}\n`;
    this.#parser.take(line);
  }

  #take(raw: M3uEntry): void {
    const entry = readEntry(raw, this.#options.base, this.#parser.header);
    if (entry === 'film') this.#films++;
    else if (entry === 'unusable') this.#unusable++;
    else this.#give(entry);
  }

  #give(entry: ListEntry): void {
    const { category, addresses, ...rest } = entry;
    const own = ownIdOfEntry(entry);
    const count = (this.#counts.get(own) ?? 0) + 1;
    this.#counts.set(own, count);
    if (category && !this.#categories.has(category.id)) this.#categories.set(category.id, category);
    const id = channelId(this.#options.account, count === 1 ? own : `${own}-${count}`);
    this.#onChannel({ channel: { id, ...rest, categoryId: category?.id ?? null }, addresses });
  }

  /** Lists name several guides in one value, separated by commas. */
  #guides(): string[] {
    const { header } = this.#parser;
    const named = ['x-tvg-url', 'url-tvg', 'tvg-url'].flatMap((name) =>
      (header.get(name) ?? '').split(/,(?=\s*(?:https?:\/)?\/|\s*$)|\s+/),
    );
    const absolute = named.flatMap((text) => {
      const url = text.trim() === '' ? null : URL.parse(text.trim(), this.#options.base ?? undefined);
      return url && /^https?:$/.test(url.protocol) ? url.href : [];
    });
    return [...new Set(absolute)];
  }
}
