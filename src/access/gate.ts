import { randomText, type Signer, sameText } from './signer.ts';

export interface GateOptions {
  readonly adminToken: string;
  /** Null: everyone may watch. */
  readonly viewerKey: string | null;
  /** The watch page wants to know who it is; the key is for players, which cannot log in. */
  readonly isPersonal: boolean;
  readonly signer: Signer;
}

/** A viewer as the watch page's cookie tells one from another. */
export interface WatchPass {
  readonly viewerId: string;
  /** It has lived long enough to be replaced by a fresh one. */
  readonly isOld: boolean;
  /** Somebody's session let them in, and not the key: the pass is worth nothing without it. */
  readonly needsSession: boolean;
}

/** Milliseconds. The page renews its pass while it plays; a copied address is worth nothing soon after. */
export const WATCH_PASS_LIFETIME = 10 * 60_000;

/** Decides who may watch, and knows the admin token. */
export class Gate {
  readonly #options: GateOptions;

  constructor(options: GateOptions) {
    this.#options = options;
  }

  /** The key that viewers' addresses carry; null where none is needed. */
  get viewerKey(): string | null {
    return this.#options.viewerKey;
  }

  /** Anybody may watch. */
  get isPublic(): boolean {
    return this.#options.viewerKey === null;
  }

  /** The watch page wants a session rather than the key. */
  get isPersonal(): boolean {
    return this.#options.isPersonal;
  }

  isAdminToken(token: string): boolean {
    return sameText(token, this.#options.adminToken);
  }

  /** @param key what came with the request: nothing, or several of them. */
  mayWatch(key: string | readonly string[] | undefined): boolean {
    const { viewerKey } = this.#options;
    return viewerKey === null || (typeof key === 'string' && sameText(key, viewerKey));
  }

  /** A token for the watch page's cookie. @param viewerId to renew a pass rather than make a new one. */
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
