import { createHash } from 'node:crypto';
import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';

export interface EdgesOptions {
  /** Their addresses, without a trailing slash. */
  readonly urls: () => readonly string[];
  /** Whether an edge answers and reaches us. Never rejects. */
  readonly check: (url: string) => Promise<boolean>;
  readonly clock: Clock;
  readonly logger: Pick<Logger, 'info' | 'warn'>;
}

/** Milliseconds between two questions to an edge. */
const ASK_EVERY = 1_000;
/** Answers in a row after which an edge counts as lost, since one question may be lost by chance, or works again, since it may restart. */
const SURE = { lost: 2, back: 10 };

/** How an edge has answered lately. */
interface Health {
  works: boolean;
  /** Answers in a row that say otherwise. */
  doubts: number;
}

/** The caches from which viewers get segments, and which of them work. */
export class Edges {
  readonly #options: EdgesOptions;
  readonly #health = new Map<string, Health>();
  /** Edges that have not answered yet. */
  readonly #asked = new Set<string>();
  #cancel: (() => void) | null = null;

  constructor(options: EdgesOptions) {
    this.#options = options;
  }

  /** All of them, and whether each works. */
  get all(): readonly { readonly url: string; readonly works: boolean }[] {
    return this.#options.urls().map((url) => ({ url, works: this.#works(url) }));
  }

  /** The edge of a viewer, the same for as long as it works; null where the segments come from home. */
  edgeOf(viewer: string): string | null {
    const working = this.#options.urls().filter((url) => this.#works(url));
    if (working.length < 2) return working[0] ?? null;
    // The highest of hashes with each edge: if one fails, only its own viewers get another.
    const rank = (url: string) => createHash('md5').update(`${url} ${viewer}`).digest('hex');
    return working.reduce((best, url) => (rank(url) > rank(best) ? url : best));
  }

  start(): void {
    this.#askAll();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #works(url: string): boolean {
    // Until the first check is over: whoever has set it wants it.
    return this.#health.get(url)?.works ?? true;
  }

  #askAll(): void {
    this.#cancel = this.#options.clock.after(ASK_EVERY, () => this.#askAll());
    const urls = this.#options.urls();
    for (const url of this.#health.keys()) if (!urls.includes(url)) this.#health.delete(url);
    // An edge that is silent does not keep the others from being asked.
    for (const url of urls) if (!this.#asked.has(url)) void this.#ask(url);
  }

  async #ask(url: string): Promise<void> {
    this.#asked.add(url);
    this.#note(url, await this.#options.check(url));
    this.#asked.delete(url);
  }

  #note(url: string, isFine: boolean): void {
    const health = this.#health.get(url) ?? { works: true, doubts: 0 };
    this.#health.set(url, health);
    health.doubts = isFine === health.works ? 0 : health.doubts + 1;
    if (health.doubts < (health.works ? SURE.lost : SURE.back)) return;
    health.works = isFine;
    health.doubts = 0;
    const { logger } = this.#options;
    if (isFine) logger.info({ edge: url }, 'an edge works again');
    else logger.warn({ edge: url }, 'an edge does not answer, or does not reach us: its viewers get another');
  }
}
