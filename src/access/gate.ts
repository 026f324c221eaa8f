import type { Clock } from '../lib/clock.ts';
import { randomText, type Signer, sameText } from './signer.ts';

/** Who may watch, as the settings have it at the moment. */
export interface GateRules {
  readonly adminToken: string;
  /** Null if everyone may watch. */
  readonly viewerKey: string | null;
  /** Whether the watch page requires a session; the key is then only for players, which cannot log in. */
  readonly isPersonal: boolean;
}

/** A viewer as the watch page's cookie identifies them. */
export interface WatchPass {
  readonly viewerId: string;
  /** Whether the pass is due for renewal. */
  readonly isOld: boolean;
  /** Whether a session rather than the key admitted the viewer; the pass is then invalid without the session. */
  readonly needsSession: boolean;
}

/** The lifetime of a watch pass in milliseconds. The page renews it while it plays; a copied one expires soon. */
export const WATCH_PASS_LIFETIME = 10 * 60_000;

/** Milliseconds after its last request for which somebody counts as watching still. */
const GOES_ON_FOR = 60_000;
/** Milliseconds for which somebody may go on at most: the rules were made stricter to keep somebody out. */
const GOES_ON_AT_MOST = 4 * 60 * 60_000;
/** Viewers who may go on: before the rules became stricter, anybody could pretend to be many. */
const MOST_GOING_ON = 500;

interface GoingOn {
  /** When the last request came. Monotonic milliseconds, as `until`. */
  seen: number;
  readonly until: number;
}

/** Checks viewer keys, watch passes and the admin token. */
export class Gate {
  readonly #options: GateRules;
  readonly #signer: Signer;
  readonly #clock: Pick<Clock, 'monotonic'>;
  /** Who was watching when the rules became stricter. */
  readonly #goingOn = new Map<string, GoingOn>();

  constructor(rules: GateRules, signer: Signer, clock: Pick<Clock, 'monotonic'>) {
    this.#options = rules;
    this.#signer = signer;
    this.#clock = clock;
  }

  /** The key in viewers' addresses; null if none is needed. */
  get viewerKey(): string | null {
    return this.#options.viewerKey;
  }

  /** Whether anybody may watch. */
  get isPublic(): boolean {
    return this.#options.viewerKey === null;
  }

  /** Whether the watch page requires a session rather than the key. */
  get isPersonal(): boolean {
    return this.#options.isPersonal;
  }

  isAdminToken(token: string): boolean {
    return sameText(token, this.#options.adminToken);
  }

  /** Checks the key of a request. @param key undefined if there is none, an array if there are several. */
  mayWatch(key: string | readonly string[] | undefined): boolean {
    const { viewerKey } = this.#options;
    return viewerKey === null || (typeof key === 'string' && sameText(key, viewerKey));
  }

  /**
   * Lets viewers go on although the rules are stricter now, as long as they do not pause and for some hours at most.
   * @param viewers as `goesOn` gets them
   */
  keepWatching(viewers: Iterable<string>): void {
    const now = this.#clock.monotonic();
    for (const viewer of this.#goingOn.keys()) this.#entryOf(viewer, now);
    for (const viewer of viewers) {
      if (this.#goingOn.size >= MOST_GOING_ON) return;
      if (!this.#goingOn.has(viewer)) this.#goingOn.set(viewer, { seen: now, until: now + GOES_ON_AT_MOST });
    }
  }

  /** Whether a viewer has been watching since before the rules became stricter. */
  goesOn(viewer: string): boolean {
    const now = this.#clock.monotonic();
    const entry = this.#entryOf(viewer, now);
    if (entry) entry.seen = now;
    return entry !== undefined;
  }

  /** Forgets a viewer who has paused, or has gone on for too long. */
  #entryOf(viewer: string, now: number): GoingOn | undefined {
    const entry = this.#goingOn.get(viewer);
    if (entry && now - entry.seen <= GOES_ON_FOR && now < entry.until) return entry;
    this.#goingOn.delete(viewer);
    return undefined;
  }

  /** Makes a token for the watch page's cookie. @param viewerId renews that viewer's pass. */
  issueWatchPass(viewerId: string = randomText(9), needsSession = false): string {
    return this.#signer.sign(needsSession ? 'watch_session' : 'watch', viewerId, WATCH_PASS_LIFETIME);
  }

  checkWatchPass(token: string | undefined): WatchPass | null {
    if (token === undefined) return null;
    const signer = this.#signer;
    const plain = signer.verify('watch', token);
    const pass = plain ?? signer.verify('watch_session', token);
    return (
      pass && {
        viewerId: pass.id,
        isOld: pass.remaining < WATCH_PASS_LIFETIME / 2,
        needsSession: plain === null || this.isPersonal,
      }
    );
  }
}
