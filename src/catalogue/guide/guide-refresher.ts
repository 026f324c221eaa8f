import { rm } from 'node:fs/promises';
import { AppError } from '../../domain/errors.ts';
import type { AccountId } from '../../domain/ids.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Catalogue } from '../catalogue.ts';
import { REFRESH_INTERVAL } from '../refresh-interval.ts';
import type { GuideReport, GuideSource } from './guide-source.ts';
import type { GuideSize } from './guide-writer.ts';
import { importGuide } from './import-guide.ts';
import { longPasts } from './long-pasts.ts';
import type { WholeGuide } from './whole-guide.ts';

/** The guide to refresh and its sources. */
export interface GuideRefresherOptions {
  /** Those of the accounts first, then the further ones; they may change. */
  readonly sources: () => readonly GuideSource[];
  readonly guide: Pick<WholeGuide, 'file' | 'replace' | 'follow' | 'guides' | 'placeOf'>;
  readonly catalogue: Pick<Catalogue, 'snapshot' | 'lists' | 'onChange'>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Returns a number from 0 to 1, which spreads the tries of many installations. */
  readonly random?: () => number;
}

/** What is known about a source in this process. */
interface State extends Pick<GuideReport, 'failure' | 'checkedAt'> {
  readonly failures: number;
  /** The time of the next try after a failure, in epoch milliseconds. */
  readonly retryAt: number;
}

const HOUR = 3_600_000;
/** A little less than the catalogue's interval, which sets the pace. */
const FRESH_FOR = REFRESH_INTERVAL - HOUR;
const PAST = 5 * HOUR;
const FUTURE = 7 * 24 * HOUR;
const FIRST_RETRY = 5 * 60_000;
const LONGEST_RETRY = REFRESH_INTERVAL;
const JITTER = 0.2;
/** An older list comes from the disk: its refresh is under way, and panels take two parallel calls for an attack. */
const JUST_NOW = 60_000;

/**
 * Fetches all guides after each refresh of the catalogue, one after the other. A broken or empty guide does not replace the last
 * good one.
 */
export class GuideRefresher {
  readonly #options: GuideRefresherOptions;
  readonly #states = new Map<string, State>();
  #life = new AbortController();
  #underWay: Promise<void> | null = null;
  /** The settings have changed during a refresh. */
  #isStale = false;
  /** Accounts whose lists have come in this process: no other is asked for its guide, since panels take parallel calls for an attack. */
  readonly #listed = new Set<AccountId>();
  /** Files with the guide of an account's former login, however new they are. */
  readonly #foreign = new Set<string>();
  #unsubscribe: () => void = () => {};
  #cancelRetry: () => void = () => {};

  constructor(options: GuideRefresherOptions) {
    this.#options = options;
  }

  start(): void {
    this.#life = new AbortController();
    const { catalogue } = this.#options;
    this.#unsubscribe = catalogue.onChange(() => {
      const fresh = catalogue.lists.filter(({ refreshedAt }) => this.#isNew(refreshedAt));
      if (fresh.length === 0) return;
      if (this.#underWay && fresh.some(({ account }) => !this.#listed.has(account))) this.#isStale = true;
      for (const { account } of fresh) this.#listed.add(account);
      this.#refreshSoon();
    });
  }

  async stop(): Promise<void> {
    this.#unsubscribe();
    this.#cancelRetry();
    this.#life.abort(new Error('the guide is stopped'));
    await this.#underWay;
  }

  /** Fetches the guide of an account's other login with its next list. Resolves once nothing of the former one is under way. */
  async changeLogin(account: AccountId): Promise<void> {
    await this.stop();
    this.#listed.delete(account);
    for (const { path } of this.#options.sources().filter((source) => source.account === account)) {
      this.#foreign.add(path);
      this.#states.delete(path);
    }
    this.start();
  }

  /** Takes the sources that are in use now. */
  async follow(): Promise<void> {
    await this.#options.guide.follow();
    if (this.#underWay) this.#isStale = true;
    else if (this.#options.catalogue.lists.some(({ refreshedAt }) => refreshedAt !== null))
      this.#refreshSoon();
  }

  /** How the last readings went, of the sources that are in use. */
  reports(): readonly GuideReport[] {
    return this.#options.sources().map(({ account, place, path }) => {
      const { failure, checkedAt } = this.#stateOf(path);
      const { madeAt = null } = this.#options.guide.file(path) ?? {};
      return { account, place, failure, checkedAt: checkedAt ?? madeAt };
    });
  }

  #isNew(refreshedAt: number | null): boolean {
    return refreshedAt !== null && this.#options.clock.now() - refreshedAt < JUST_NOW;
  }

  #stateOf(path: string): State {
    return this.#states.get(path) ?? { failure: null, checkedAt: null, failures: 0, retryAt: 0 };
  }

  #isDue({ path, account }: GuideSource): boolean {
    const { guide, clock } = this.#options;
    if (account !== null && !this.#listed.has(account)) return false;
    const { checkedAt, retryAt } = this.#stateOf(path);
    if (clock.now() < retryAt) return false;
    const file = guide.file(path);
    if (!file || this.#foreign.has(path)) return true;
    return clock.now() - Math.max(checkedAt ?? 0, file.madeAt) >= FRESH_FOR;
  }

  #refreshSoon(): void {
    if (this.#underWay) return;
    this.#cancelRetry();
    this.#underWay = this.#refreshAll(this.#life.signal).finally(() => {
      this.#underWay = null;
      if (this.#isStale && !this.#life.signal.aborted) this.#refreshSoon();
    });
  }

  /** Never rejects. */
  async #refreshAll(signal: AbortSignal): Promise<void> {
    const { clock, sources } = this.#options;
    this.#isStale = false;
    for (const source of sources()) {
      if (this.#isDue(source)) await this.#refresh(source, signal);
      if (signal.aborted) return;
    }
    const retries = sources().flatMap(({ path }) => this.#stateOf(path).retryAt || []);
    if (retries.length === 0) return;
    this.#cancelRetry = clock.after(Math.max(0, Math.min(...retries) - clock.now()), () =>
      this.#refreshSoon(),
    );
  }

  /** Never rejects. */
  async #refresh(source: GuideSource, signal: AbortSignal): Promise<void> {
    const { guide, clock, logger, random = Math.random } = this.#options;
    const { path, place, account } = source;
    const candidate = `${path}.new`;
    try {
      const started = clock.monotonic();
      const made = await this.#fetch(source, candidate, signal);
      if (made !== 'unchanged') await guide.replace(path, candidate);
      this.#states.set(path, { failure: null, checkedAt: clock.now(), failures: 0, retryAt: 0 });
      this.#foreign.delete(path);
      const seconds = Math.round((clock.monotonic() - started) / 1000);
      if (made === 'unchanged' && !guide.file(path)) return;
      const size = made === 'unchanged' ? { isUnchanged: true } : made;
      logger.info({ account, place, ...size, seconds }, 'guide refreshed');
    } catch (error) {
      if (signal.aborted) return;
      const { checkedAt, failures: before } = this.#stateOf(path);
      const failures = before + 1;
      logger.warn({ account, place, failures, err: error }, 'a guide could not be refreshed');
      const usual = Math.min(FIRST_RETRY * 2 ** before, LONGEST_RETRY);
      const pause = Math.round(usual * (1 + JITTER * random()));
      this.#states.set(path, { failure: error, checkedAt, failures, retryAt: clock.now() + pause });
    } finally {
      await rm(candidate, { force: true }).catch(() => {});
    }
  }

  async #fetch(source: GuideSource, path: string, signal: AbortSignal): Promise<GuideSize | 'unchanged'> {
    const { guide, catalogue, clock } = this.#options;
    const now = Math.floor(clock.now());
    await rm(path, { force: true });
    const known = this.#foreign.has(source.path) ? undefined : guide.file(source.path);
    const work = {
      path,
      from: now - PAST,
      to: now + FUTURE,
      madeAt: now,
      former: known ? source.path : null,
    };
    const made = await source.fetch(
      (body, bounded, version) => {
        const pasts = longPasts(catalogue.snapshot().channels, guide, source.path, now);
        return importGuide(body, { ...work, version, longPasts: pasts, signal: bounded });
      },
      known?.version ?? null,
      signal,
    );
    if (made !== 'unchanged' && made.programmes === 0)
      throw new AppError('provider_garbage', {}, { cause: new Error('nothing of the next days') });
    return made;
  }
}
