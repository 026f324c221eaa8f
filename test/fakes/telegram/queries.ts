import { badRequest, type Refusal } from './refusal.ts';

export interface CallbackAnswer {
  readonly queryId: string;
  readonly userId: number;
  readonly data: string;
  readonly text: string;
  readonly alert: boolean;
  readonly at: number;
}

/** One of the things to choose from while typing. */
export interface InlineResult {
  readonly id: string;
  readonly type: string;
  readonly title: string | undefined;
  /** The message that choosing it sends. */
  readonly text: string | undefined;
  /** Addresses of its buttons. */
  readonly urls: readonly string[];
}

export interface InlineAnswer {
  readonly queryId: string;
  readonly results: readonly InlineResult[];
  readonly isPersonal: boolean;
  /** Seconds. */
  readonly cacheTime: number;
  /** What stands above the results, and what its /start carries. */
  readonly button: { readonly text: string; readonly payload: string | undefined } | null;
}

export interface Query {
  readonly id: string;
  readonly kind: 'callback' | 'inline';
  readonly userId: number;
  readonly data: string;
  readonly messageId: number | undefined;
  readonly askedAt: number;
  /** Whether the bot was told: an answer is owed from then on. */
  delivered: boolean;
  answered: boolean;
}

/** Callback and inline queries: each lives for a while and is answered once. */
export class Queries {
  readonly #life: number;
  readonly #queries = new Map<string, Query>();
  #next = 4_000_000_000_000_000n;

  /** `life` in milliseconds. */
  constructor(life: number) {
    this.#life = life;
  }

  ask(query: Omit<Query, 'id' | 'answered' | 'delivered'>): Query {
    const asked: Query = { ...query, id: String(this.#next++), delivered: false, answered: false };
    this.#queries.set(asked.id, asked);
    return asked;
  }

  /** @throws {Refusal} 400 for an unknown, old or answered one */
  answer(kind: Query['kind'], id: string, now: number): Query {
    const query = this.#queries.get(id);
    const alive = query && query.kind === kind && !query.answered && now - query.askedAt <= this.#life;
    if (!alive) throw tooOld();
    query.answered = true;
    return query;
  }

  /** Those that the bot knows of and owes an answer. */
  get unanswered(): readonly Query[] {
    return [...this.#queries.values()].filter(({ delivered, answered }) => delivered && !answered);
  }
}

function tooOld(): Refusal {
  return badRequest('query is too old and response timeout expired or query ID is invalid');
}
