import { AppError } from '../domain/errors.ts';
import { clientNetwork } from '../lib/client-network.ts';
import type { Emitter } from '../lib/emitter.ts';
import type { RateLimit } from '../lib/rate-limit.ts';
import type { ApiTokens } from './api-tokens.ts';
import type { Gate } from './gate.ts';
import type { Sessions } from './sessions-and-login-links.ts';
import { owner, type Visitor } from './visitor.ts';

export interface VisitorsOptions {
  readonly gate: Gate;
  readonly sessions: Sessions;
  readonly tokens: ApiTokens;
  /** Counts wrong tokens by address; right ones are never counted. */
  readonly guesses: RateLimit;
  /** Emits when somebody's rights may have changed or their session may have ended. */
  readonly changes: Emitter<void>;
}

/** Identifies visitors by their session or token. */
export class Visitors {
  readonly #options: VisitorsOptions;

  constructor(options: VisitorsOptions) {
    this.#options = options;
  }

  /** Calls back when anybody's rights may have changed, until the returned function is called. */
  onChange(listener: () => void): () => void {
    return this.#options.changes.subscribe(listener);
  }

  /** Finds a visitor by session. @param session the token in the browser's cookie. */
  bySession(session: string | undefined): Visitor | null {
    return session ? this.#options.sessions.find(session) : null;
  }

  /**
   * Finds a visitor by the admin token or a named token.
   * @param from the client's address. @throws AppError rate_limited after many wrong tokens.
   */
  byToken(token: string, from: string): Visitor | null {
    const { gate, tokens, guesses } = this.#options;
    const guesser = clientNetwork(from);
    if (guesses.isExceeded(guesser)) throw new AppError('rate_limited');
    const visitor = gate.isAdminToken(token) ? owner : tokens.find(token);
    if (!visitor) guesses.count(guesser);
    return visitor;
  }
}
