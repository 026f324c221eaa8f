import { randomText, type Signer, sameText } from './signer.ts';

export interface GateOptions {
  readonly adminToken: string;
  /** Null if everyone may watch. */
  readonly viewerKey: string | null;
  /** Whether the watch page requires a session; the key is then only for players, which cannot log in. */
  readonly isPersonal: boolean;
  readonly signer: Signer;
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

/** Checks viewer keys, watch passes and the admin token. */
export class Gate {
  readonly #options: GateOptions;

  constructor(options: GateOptions) {
    this.#options = options;
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

  /** Makes a token for the watch page's cookie. @param viewerId renews that viewer's pass. */
  issueWatchPass(viewerId: string = randomText(9), needsSession = false): string {
    return this.#options.signer.sign(needsSession ? 'watch_session' : 'watch', viewerId, WATCH_PASS_LIFETIME);
  }

  checkWatchPass(token: string | undefined): WatchPass | null {
    if (token === undefined) return null;
    const { signer } = this.#options;
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
