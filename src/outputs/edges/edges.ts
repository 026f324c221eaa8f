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

/** Milliseconds between two checks of an edge. */
const CHECK_EVERY = 5_000;
/** Checks in a row that must say the same before it counts. */
const SURE = 2;

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
    void this.#checkAll();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #works(url: string): boolean {
    // Until the first check is over: whoever has set it wants it.
    return this.#health.get(url)?.works ?? true;
  }

  async #checkAll(): Promise<void> {
    this.#cancel = this.#options.clock.after(CHECK_EVERY, () => void this.#checkAll());
    const urls = this.#options.urls();
    for (const url of this.#health.keys()) if (!urls.includes(url)) this.#health.delete(url);
    await Promise.all(urls.map(async (url) => this.#note(url, await this.#options.check(url))));
  }

  #note(url: string, isFine: boolean): void {
    const health = this.#health.get(url) ?? { works: true, doubts: 0 };
    this.#health.set(url, health);
    health.doubts = isFine === health.works ? 0 : health.doubts + 1;
    if (health.doubts < SURE) return;
    health.works = isFine;
    health.doubts = 0;
    const { logger } = this.#options;
    if (isFine) logger.info({ edge: url }, 'an edge works again');
    else logger.warn({ edge: url }, 'an edge does not answer, or does not reach us: its viewers get another');
  }
}
