import { readAttributes } from './read-attributes.ts';
import {
  joinOptions,
  jsonHeaders,
  kodiProperty,
  namedOption,
  type StreamOptions,
  splitAddress,
  vlcOption,
} from './stream-options.ts';

/** One address of an entry, as the list has it: it may be relative. */
export interface EntryAddress extends StreamOptions {
  readonly url: string;
}

/** One entry of a list, with the texts as they are written. */
export interface M3uEntry {
  readonly name: string;
  /** Seconds; null if the entry has none, -1 for television. */
  readonly duration: number | null;
  readonly attributes: ReadonlyMap<string, string>;
  /** All groups in one text; empty if the entry has none. */
  readonly group: string;
  /** The first, and the backup addresses in order. */
  readonly addresses: readonly EntryAddress[];
}

interface OpenEntry extends M3uEntry {
  readonly addresses: EntryAddress[];
}

type Info = Pick<M3uEntry, 'name' | 'duration' | 'attributes'>;

const ABSOLUTE = /^[a-z][a-z\d+.-]*:\/\//i;
/** Matches no text that a program wrote into the list, such as a warning or a page. */
const RELATIVE = /^[^<>{}\s]+$/;
const MOST_ADDRESSES = 8;

/**
 * Turns the lines of an M3U list into entries. An entry that repeats the one before it (tvg-id, name and group) is its backup,
 * and so is a further address under the same #EXTINF.
 */
export class M3uParser {
  readonly #onEntry: (entry: M3uEntry) => void;
  readonly #header = new Map<string, string>();
  #held: OpenEntry | null = null;
  #info: Info | null = null;
  #options: StreamOptions = {};
  #group: string | null = null;
  /** The group of all entries from here on that name none. */
  #standingGroup = '';
  /** True if a line before the next address was too long. */
  #isSpoilt = false;
  #dropped = 0;
  #hasTag = false;
  #isStream = false;

  constructor(onEntry: (entry: M3uEntry) => void) {
    this.#onEntry = onEntry;
  }

  /** The attributes of #EXTM3U. */
  get header(): ReadonlyMap<string, string> {
    return this.#header;
  }

  /** The number of entries without an address, and of addresses without an entry. */
  get dropped(): number {
    return this.#dropped;
  }

  /** True if there was any tag of a list. */
  get hasTag(): boolean {
    return this.#hasTag;
  }

  /** True if this is the playlist of a single stream. */
  get isStream(): boolean {
    return this.#isStream;
  }

  /** Takes the next line, trimmed and not empty; null for one that was too long. */
  take(line: string | null): void {
    if (line === null) this.#spoil();
    else if (line.startsWith('#')) this.#takeTag(line);
    else this.#takeAddress(line);
  }

  /** Ends the list. */
  end(): void {
    if (this.#info) this.#dropped++;
    this.#flush();
  }

  #spoil(): void {
    this.#begin();
    this.#isSpoilt = true;
  }

  #takeTag(line: string): void {
    const tag = /^#\s*(EXTM3U|EXTINF|EXTGRP|EXTVLCOPT|KODIPROP|EXTHTTP|EXT-X-[A-Z-]+)\s*:?/i.exec(line);
    const text = line.slice(tag?.[0].length ?? 0);
    switch (tag?.[1]?.toUpperCase()) {
      case 'EXTM3U':
        this.#hasTag = true;
        for (const [name, value] of readAttributes(text).attributes)
          if (!this.#header.get(name)) this.#header.set(name, value);
        break;
      case 'EXTINF':
        this.#hasTag = true;
        this.#takeInfo(text);
        break;
      case 'EXTGRP':
        if (this.#info) this.#group = text.trim();
        else this.#standingGroup = text.trim();
        break;
      case 'EXTVLCOPT':
        this.#addOptions(vlcOption(text));
        break;
      case 'KODIPROP':
        this.#addOptions(kodiProperty(text));
        break;
      case 'EXTHTTP':
        this.#addOptions(jsonHeaders(text));
        break;
      case 'EXT-X-TARGETDURATION':
      case 'EXT-X-MEDIA-SEQUENCE':
      case 'EXT-X-STREAM-INF':
        this.#isStream ||= !this.#held;
        break;
      default:
        break;
    }
  }

  #takeInfo(text: string): void {
    if (this.#info || this.#isSpoilt) this.#dropped++;
    // Options may come before the entry that they belong to.
    const options = this.#options;
    this.#begin();
    const [head, duration] = /^\s*(-?\d+(?:\.\d+)?)?/.exec(text) ?? ['', undefined];
    const { attributes, rest } = readAttributes(text.slice(head.length));
    this.#info = { name: rest, attributes, duration: duration === undefined ? null : Number(duration) };
    this.#options = options;
    for (const [name, value] of attributes) this.#addOptions(namedOption(name, value));
  }

  #takeAddress(line: string): void {
    const isAbsolute = ABSOLUTE.test(line);
    if (this.#isSpoilt) {
      this.#dropped++;
      this.#begin();
      return;
    }
    const { url, options } = splitAddress(line);
    const given = joinOptions(this.#options, options);
    const info = this.#info;
    if (!info) {
      if (isAbsolute) this.#takeBackup({ ...given, url });
      return;
    }
    if (!isAbsolute && !RELATIVE.test(line) && !/^\/\S/.test(line)) return;
    const group = info.attributes.get('group-title') || this.#group || this.#standingGroup;
    this.#begin();
    this.#add({ ...info, group, addresses: [{ ...given, url }] });
  }

  #takeBackup(address: EntryAddress): void {
    if (!this.#held) {
      this.#dropped++;
      return;
    }
    const { url: _, ...first } = this.#held.addresses[0] as EntryAddress;
    this.#addBackup(this.#held, { ...joinOptions(first, address), url: address.url });
    this.#begin();
  }

  #add(entry: OpenEntry): void {
    const held = this.#held;
    if (held && isSame(held, entry)) {
      for (const address of entry.addresses) this.#addBackup(held, address);
      return;
    }
    this.#flush();
    this.#held = entry;
  }

  #addBackup({ addresses }: OpenEntry, address: EntryAddress): void {
    if (addresses.length < MOST_ADDRESSES && !addresses.some(({ url }) => url === address.url))
      addresses.push(address);
  }

  #addOptions(options: StreamOptions): void {
    this.#options = joinOptions(this.#options, options);
  }

  #begin(): void {
    this.#info = null;
    this.#options = {};
    this.#group = null;
    this.#isSpoilt = false;
  }

  #flush(): void {
    if (this.#held) this.#onEntry(this.#held);
    this.#held = null;
  }
}

function isSame(one: M3uEntry, other: M3uEntry): boolean {
  return (
    one.name === other.name &&
    one.group === other.group &&
    one.attributes.get('tvg-id') === other.attributes.get('tvg-id')
  );
}
