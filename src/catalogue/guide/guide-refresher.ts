import { rm } from 'node:fs/promises';
import type { Channel } from '../../domain/channel.ts';
import { AppError } from '../../domain/errors.ts';
import type { SourceProvider } from '../../domain/source-provider.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Catalogue } from '../catalogue.ts';
import { REFRESH_INTERVAL } from '../refresh-interval.ts';
import type { CatalogueSnapshot } from '../snapshot.ts';
import { guideKey } from './guide-key.ts';
import { type GuideMade, importGuide } from './import-guide.ts';
import type { WholeGuide } from './whole-guide.ts';

/** The guide to refresh and its source. */
export interface GuideRefresherOptions {
  readonly provider: Pick<SourceProvider, 'wholeGuide'>;
  readonly guide: Pick<WholeGuide, 'madeAt' | 'replace'>;
  /** The file in which a new guide is built; not the file of the current one. */
  readonly path: () => string;
  readonly catalogue: Pick<Catalogue, 'snapshot' | 'onChange'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

const HOUR = 3_600_000;
/** A little less than the catalogue's interval, which sets the pace. */
const FRESH_FOR = REFRESH_INTERVAL - HOUR;
const PAST = 3 * HOUR;
const FUTURE = 7 * 24 * HOUR;
const FIRST_RETRY = 5 * 60_000;
const LONGEST_RETRY = REFRESH_INTERVAL;
/** An older list comes from the disk: its refresh is under way, and panels take two parallel calls for an attack. */
const JUST_NOW = 60_000;
const PORTION = 500;

/** Fetches the whole guide after each refresh of the catalogue. A broken or empty guide does not replace the last good one. */
export class GuideRefresher {
  readonly #options: GuideRefresherOptions;
  #life = new AbortController();
  #underWay: Promise<void> | null = null;
  #failures = 0;
  /** The current guide is another account's, however new it is. */
  #isForeign = false;
  #unsubscribe: () => void = () => {};
  #cancelRetry: () => void = () => {};

  constructor(options: GuideRefresherOptions) {
    this.#options = options;
  }

  start(): void {
    this.#life = new AbortController();
    const { catalogue, clock } = this.#options;
    this.#unsubscribe = catalogue.onChange(({ refreshedAt }: CatalogueSnapshot) => {
      if (refreshedAt !== null && clock.now() - refreshedAt < JUST_NOW) this.#refreshIfDue();
    });
  }

  async stop(): Promise<void> {
    this.#unsubscribe();
    this.#cancelRetry();
    this.#life.abort(new Error('the guide is stopped'));
    await this.#underWay;
  }

  /** Fetches the guide of another account with the next list. Resolves once nothing of the former one is under way. */
  async changeAccount(): Promise<void> {
    await this.stop();
    this.#isForeign = true;
    this.#failures = 0;
    this.start();
  }

  #refreshIfDue(): void {
    const { guide, clock } = this.#options;
    const isFresh = guide.madeAt !== null && clock.now() - guide.madeAt < FRESH_FOR;
    if (this.#underWay || (isFresh && !this.#isForeign)) return;
    this.#cancelRetry();
    this.#underWay = this.#refresh(this.#life.signal).finally(() => {
      this.#underWay = null;
    });
  }

  /** Never rejects. */
  async #refresh(signal: AbortSignal): Promise<void> {
    const { guide, clock, logger } = this.#options;
    const path = this.#options.path();
    try {
      const started = clock.monotonic();
      const made = await this.#fetch(path, signal);
      await guide.replace(path);
      this.#failures = 0;
      this.#isForeign = false;
      logger.info({ ...made, seconds: Math.round((clock.monotonic() - started) / 1000) }, 'guide refreshed');
    } catch (error) {
      if (signal.aborted) return;
      this.#failures++;
      logger.warn({ failures: this.#failures, err: error }, 'the guide could not be refreshed');
      const pause = Math.min(FIRST_RETRY * 2 ** (this.#failures - 1), LONGEST_RETRY);
      this.#cancelRetry = clock.after(pause, () => this.#refreshIfDue());
    } finally {
      await rm(path, { force: true }).catch(() => {});
    }
  }

  async #fetch(path: string, signal: AbortSignal): Promise<GuideMade> {
    const { provider, catalogue, clock } = this.#options;
    const now = clock.now();
    await rm(path, { force: true });
    const work = { path, from: now - PAST, to: now + FUTURE, madeAt: now };
    const made = await provider.wholeGuide(
      (body, bounded) =>
        importGuide(body, { ...work, keys: keysOf(catalogue.snapshot().channels), signal: bounded }),
      signal,
    );
    if (made.programmes === 0)
      throw new AppError('provider_garbage', {}, { cause: new Error('nothing of the next days') });
    return made;
  }
}

/** The guide keys of a list, in portions that take less than a millisecond each. */
function* keysOf(channels: readonly Channel[]): Generator<readonly string[]> {
  for (let at = 0; at < channels.length; at += PORTION) {
    const portion = channels.slice(at, at + PORTION);
    yield portion.flatMap(({ epgId }) => (epgId === null ? [] : guideKey(epgId)));
  }
}
