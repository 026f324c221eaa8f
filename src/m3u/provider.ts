import type { Programme } from '../domain/channel.ts';
import { AppError } from '../domain/errors.ts';
import type { AccountId, ChannelId } from '../domain/ids.ts';
import { answerFailure, classifyAnswer } from '../domain/provider-trouble.ts';
import type { ArchiveSource, Source } from '../domain/source.ts';
import type { Account, Lineup, SourceProvider } from '../domain/source-provider.ts';
import type { Span } from '../domain/span.ts';
import type { ProviderHttp } from '../lib/provider-http/provider-http.ts';
import { reordered } from '../lib/reordered.ts';
import { SharedWork } from '../lib/shared-work.ts';
import type { AddressFile } from './address-file.ts';
import type { ChannelAddresses } from './channel-addresses.ts';
import { invalidList, requestFailure } from './failure.ts';
import { type ListAddress, listAddress } from './list-address.ts';
import type { ChannelAddress } from './list-entry.ts';
import { type ListRead, readList } from './list-reader.ts';
import { openAddress, openList } from './open-list.ts';
import { archiveSources, obstacleTo, sourceOf } from './playable-source.ts';

export interface M3uProviderOptions {
  readonly accountId: AccountId;
  /** An http(s) address, or the path of a file. A secret. */
  readonly address: string;
  readonly userAgent: string;
  readonly http: Pick<ProviderHttp, 'get'>;
  /** Receives the error of each reading of the list, or null if it succeeded. */
  readonly onAccount?: (error: unknown) => void;
  readonly timeouts?: Partial<M3uTimeouts>;
  /** The size of the longest list that is read, in bytes. */
  readonly maxListBytes?: number;
  /** Keeps the channels' addresses over a restart, and never rejects; by default nothing does. */
  readonly file?: Pick<AddressFile, 'load' | 'save'>;
}

/** Milliseconds. `list` and `guide` limit a whole request including its body. */
export interface M3uTimeouts {
  /** Until the first byte, and between two bytes, since panels assemble a list before they send it. */
  readonly patience: number;
  readonly list: number;
  readonly guide: number;
}

const defaultTimeouts: M3uTimeouts = { patience: 120_000, list: 300_000, guide: 30 * 60_000 };
const MAX_LIST_BYTES = 256 * 1024 * 1024;
/** No panel tells more of a list than that it is there. */
const account: Account = {
  status: 'Active',
  expiresAt: null,
  maxConnections: null,
  activeConnections: 0,
  outputFormats: ['ts', 'm3u8'],
};

/**
 * An M3U list as a provider. Its channels can be played once the list has been read, or at once where a file has their addresses.
 */
export class M3uProvider implements SourceProvider {
  readonly #options: M3uProviderOptions;
  readonly #address: ListAddress;
  readonly #timeouts: M3uTimeouts;
  readonly #reading = new SharedWork((signal) => this.#read(signal));
  #addresses: ChannelAddresses | null = null;
  /** The addresses before a list that has shrunk by more than half, which the catalogue may refuse. */
  #former: ChannelAddresses | null = null;
  /** Null until the list has been read. */
  #guides: readonly string[] | null = null;
  readonly #loading = new SharedWork((signal) => this.#load(signal));
  /** The error of the last reading; null if it succeeded or there was none. */
  #error: unknown = null;
  /** Numbers of a channel's archive templates, in the order in which to try them. */
  #archiveOrder: readonly number[] = [0, 1];
  /** How often a channel with several addresses has failed. */
  readonly #failures = new Map<ChannelId, number>();

  /** @throws TypeError if `address` is neither an http(s) address nor a path */
  constructor(options: M3uProviderOptions) {
    this.#options = options;
    this.#address = listAddress(options.address);
    this.#timeouts = { ...defaultTimeouts, ...options.timeouts };
  }

  /** Tells what came of the last reading, since lists are large and their servers count requests. */
  async account(signal?: AbortSignal): Promise<Account> {
    if (this.#error !== null) throw this.#error;
    if (!this.#addresses) await this.#loading.join(signal);
    if (!this.#addresses) await this.#reading.join(signal);
    return account;
  }

  async lineup(signal?: AbortSignal): Promise<Lineup> {
    return this.#reading.join(signal);
  }

  /** Lists have no short guide. */
  async shortGuide(): Promise<Programme[]> {
    return [];
  }

  /** Streams the first guide that answers of those that the list names; null if it names none. */
  async wholeGuide<T>(
    read: (body: AsyncIterable<Uint8Array>, signal: AbortSignal) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T | null> {
    if (!this.#guides) await this.#reading.join(signal);
    const { guide, patience } = this.#timeouts;
    return bounded(guide, signal, async (limit) => {
      let failure: unknown = null;
      for (const url of this.#guides ?? []) {
        const options = { ...this.#options, patience, signal: limit, isRaw: true };
        const opened = await openAddress(url, options).catch((error: unknown) => {
          limit.throwIfAborted();
          failure ??= error;
          return null;
        });
        if (opened) return read(opened.body, limit);
      }
      if (failure !== null) throw failure;
      return null;
    });
  }

  /** @throws AppError catalogue_not_ready, channel_gone, channel_drm, channel_unsupported */
  source(channelId: ChannelId): Source {
    return sourceOf(channelId, this.#addressOf(channelId), this.#options.userAgent);
  }

  /** @throws AppError like source() */
  archive(channelId: ChannelId, span: Span): readonly ArchiveSource[] {
    const live = this.#addressOf(channelId);
    const sources = archiveSources(channelId, live, { span, userAgent: this.#options.userAgent });
    const note = (form: number, place: 'first' | 'last') => {
      this.#archiveOrder = reordered(this.#archiveOrder, form, place);
    };
    return this.#archiveOrder.flatMap((form) => {
      const source = sources[form];
      if (!source) return [];
      return { ...source, noteWorked: () => note(form, 'first'), noteLive: () => note(form, 'last') };
    });
  }

  /** The next source of the channel has its next address. */
  noteFailed(channelId: ChannelId): void {
    this.#failures.set(channelId, (this.#failures.get(channelId) ?? 0) + 1);
  }

  #addressOf(channelId: ChannelId): ChannelAddress {
    if (!this.#addresses) throw new AppError('catalogue_not_ready');
    const all = this.#addresses.of(channelId) ?? this.#former?.of(channelId) ?? [];
    const good = all.filter((address) => obstacleTo(address) === null);
    const address = good[(this.#failures.get(channelId) ?? 0) % good.length];
    if (address) return address;
    throw (all[0] && obstacleTo(all[0])) ?? new AppError('channel_gone');
  }

  async #read(signal: AbortSignal): Promise<Lineup> {
    const { onAccount = () => {} } = this.#options;
    try {
      const lineup = await bounded(this.#timeouts.list, signal, (limit) => this.#readList(limit));
      this.#error = null;
      onAccount(null);
      return lineup;
    } catch (error) {
      if (!signal.aborted) {
        this.#error = error;
        onAccount(error);
      }
      throw error;
    }
  }

  async #readList(signal: AbortSignal): Promise<Lineup> {
    const { accountId, maxListBytes: maxBytes = MAX_LIST_BYTES } = this.#options;
    const { patience } = this.#timeouts;
    const { body, base, cut, hasLength } = await openList(this.#address, {
      ...this.#options,
      patience,
      signal,
    });
    const { channels, addresses, outcome } = await readList(body, {
      account: accountId,
      base,
      maxBytes,
      signal,
    });
    if (outcome.kind === 'stream') throw new AppError('list_is_channel');
    if (outcome.kind === 'other') throw failureOf(outcome.beginning);
    // Sloppy servers end each answer so; then the last line is whole.
    if (cut() !== null && (hasLength || outcome.endsOpen)) throw cut();
    this.#keep(addresses);
    this.#guides = outcome.guides;
    return { categories: outcome.categories, channels, dropped: outcome.dropped };
  }

  /** The list that is read meanwhile is newer. */
  async #load(signal: AbortSignal): Promise<void> {
    const stored = (await this.#options.file?.load(signal)) ?? null;
    this.#addresses ??= stored;
  }

  #keep(addresses: ListRead['addresses']): void {
    const before = this.#addresses;
    void this.#options.file?.save(addresses);
    const hasShrunk = before !== null && addresses.size * 2 < before.size;
    this.#former = hasShrunk ? before : null;
    this.#addresses = addresses;
  }
}

function failureOf(beginning: string): AppError {
  const sight = classifyAnswer(200, {}, beginning);
  if (sight.isBarrier) return answerFailure(sight);
  return invalidList(sight.isPage ? 'a web page instead of a list' : 'no tag of a list');
}

/** Runs work within a time limit, and converts what it throws. @throws AppError, or the signal's reason */
async function bounded<T>(
  timeout: number,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const limit = AbortSignal.timeout(timeout);
  try {
    return await work(signal ? AbortSignal.any([signal, limit]) : limit);
  } catch (error) {
    signal?.throwIfAborted();
    throw requestFailure(error);
  }
}
