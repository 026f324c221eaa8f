import { createHash } from 'node:crypto';
import type { Category, Programme } from '../domain/channel.ts';
import { AppError } from '../domain/errors.ts';
import { type ChannelId, ownIdOf } from '../domain/ids.ts';
import type { ArchiveSource, Source } from '../domain/source.ts';
import {
  type Account,
  type Lineup,
  SHORT_GUIDE_LENGTH,
  type SourceProvider,
} from '../domain/source-provider.ts';
import type { Span } from '../domain/span.ts';
import { reordered } from '../lib/reordered.ts';
import { type FormOrder, firstOrder, orderAt } from './archive-forms.ts';
import type { XtreamClient } from './client.ts';
import { clockOffset, toAccount } from './mapper.ts';
import { panelZone, utc, type ZoneOffset } from './panel-zone.ts';

/** An Xtream Codes account as a provider. */
export class XtreamProvider implements SourceProvider {
  readonly #client: XtreamClient;
  #format: Source['format'] = 'ts';
  #clockOffset = 0;
  #zone: ZoneOffset = utc;
  /** Forms of address for the past, the likeliest first. */
  #forms: FormOrder = firstOrder;
  /** The categories of the last answer. */
  #categories: readonly Category[] = [];

  readonly #onAccount: (error: unknown) => void;

  /** @param onAccount receives the error of each reading of the account, or null if it succeeded. */
  constructor(client: XtreamClient, onAccount: (error: unknown) => void = () => {}) {
    this.#client = client;
    this.#onAccount = onAccount;
  }

  async account(signal?: AbortSignal): Promise<Account> {
    try {
      const account = await this.#readAccount(signal);
      this.#onAccount(null);
      return account;
    } catch (error) {
      if (!signal?.aborted) this.#onAccount(error);
      throw error;
    }
  }

  async lineup(signal?: AbortSignal): Promise<Lineup> {
    const lineup = await this.#lineup(null, signal);
    if (!lineup) throw new Error('no list is known');
    return lineup;
  }

  newLineup(known: string, signal?: AbortSignal): Promise<Lineup | null> {
    return this.#lineup(known, signal);
  }

  /** The calls run one after the other, since panels take parallel calls for an attack. */
  async #lineup(known: string | null, signal: AbortSignal | undefined): Promise<Lineup | null> {
    const { categories, dropped } = await this.#liveCategories(signal);
    const names = createHash('sha256').update(JSON.stringify(categories)).digest('base64url');
    const [knownNames, knownStreams = null] = known?.split('.') ?? [];
    const streams = await this.#client.liveStreams(signal, knownNames === names ? knownStreams : null);
    if (!streams.channels) return null;
    const { channels, version } = streams;
    return {
      ...{ categories, channels, dropped: dropped + streams.dropped },
      version: `${names}.${version}`,
    };
  }

  async shortGuide(channelId: ChannelId, signal?: AbortSignal): Promise<Programme[]> {
    return this.#client.shortGuide(ownIdOf(channelId), SHORT_GUIDE_LENGTH, this.#clockOffset, signal);
  }

  async wholeGuide<T>(
    read: (body: AsyncIterable<Uint8Array>, signal: AbortSignal) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    return this.#client.wholeGuide(read, signal);
  }

  /** The format is MPEG-TS, unless account() has shown that the subscription allows m3u8 only. */
  source(channelId: ChannelId): Source {
    return {
      channelId,
      url: this.#client.liveUrl(ownIdOf(channelId), this.#format),
      format: this.#format,
      userAgent: this.#client.userAgent,
    };
  }

  archive(channelId: ChannelId, span: Span): readonly ArchiveSource[] {
    const [streamId, zone] = [ownIdOf(channelId), this.#zone];
    const note = (form: number, place: 'first' | 'last') => {
      this.#forms = reordered(this.#forms, form, place);
    };
    return orderAt(this.#forms, zone, span.from).map((form) => ({
      channelId,
      url: this.#client.archiveUrl(form, { streamId, span, zone }),
      format: 'ts',
      userAgent: this.#client.userAgent,
      noteWorked: () => note(form, 'first'),
      noteLive: () => note(form, 'last'),
    }));
  }

  /** Keeps the last categories if the panel answers without any, since channels can be used without them. */
  async #liveCategories(signal?: AbortSignal): Promise<{ categories: readonly Category[]; dropped: number }> {
    try {
      const { categories, dropped } = await this.#client.liveCategories(signal);
      this.#categories = categories;
      return { categories, dropped };
    } catch (error) {
      const hasAnswered = error instanceof AppError && error.code !== 'provider_unreachable';
      if (!hasAnswered) throw error;
      return { categories: this.#categories, dropped: 0 };
    }
  }

  async #readAccount(signal?: AbortSignal): Promise<Account> {
    const answer = await this.#client.login(signal);
    const account = toAccount(answer);
    this.#format = account.outputFormats.includes('ts') ? 'ts' : 'm3u8';
    this.#clockOffset = clockOffset(answer);
    this.#zone = panelZone(answer);
    return account;
  }
}
