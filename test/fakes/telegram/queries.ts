import { badRequest, type Refusal } from './refusal.ts';

export interface CallbackAnswer {
  readonly queryId: string;
  readonly userId: number;
  readonly data: string;
  readonly text: string;
  readonly alert: boolean;
  readonly at: number;
}

/** One result of an inline query. */
export interface InlineResult {
  readonly id: string;
  readonly type: string;
  readonly title: string | undefined;
  /** The message that is sent when it is chosen. */
  readonly text: string | undefined;
  /** The addresses of its buttons. */
  readonly urls: readonly string[];
}

export interface InlineAnswer {
  readonly queryId: string;
  readonly results: readonly InlineResult[];
  readonly isPersonal: boolean;
  /** Seconds. */
  readonly cacheTime: number;
  /** The button above the results, and the payload of its /start. */
  readonly button: { readonly text: string; readonly payload: string | undefined } | null;
}

export interface Query {
  readonly id: string;
  readonly kind: 'callback' | 'inline';
  readonly userId: number;
  readonly data: string;
  readonly messageId: number | undefined;
  readonly askedAt: number;
  /** Whether the bot got the query, and so has to answer it. */
  delivered: boolean;
  answered: boolean;
}

/** Callback and inline queries, each of which expires and can be answered once. */
export class Queries {
  readonly #life: number;
  readonly #queries = new Map<string, Query>();
  #next = 4_000_000_000_000_000n;

  /** @param life milliseconds. */
  constructor(life: number) {
    this.#life = life;
  }

  ask(query: Omit<Query, 'id' | 'answered' | 'delivered'>): Query {
    const asked: Query = { ...query, id: String(this.#next++), delivered: false, answered: false };
    this.#queries.set(asked.id, asked);
    return asked;
  }

  /** Answers a query. @throws {Refusal} 400 for an unknown, expired or answered one */
  answer(kind: Query['kind'], id: string, now: number): Query {
    const query = this.#queries.get(id);
    const alive = query && query.kind === kind && !query.answered && now - query.askedAt <= this.#life;
    if (!alive) throw tooOld();
    query.answered = true;
    return query;
  }

  /** The queries that the bot got and has not answered. */
  get unanswered(): readonly Query[] {
    return [...this.#queries.values()].filter(({ delivered, answered }) => delivered && !answered);
  }
}

function tooOld(): Refusal {
  return badRequest('query is too old and response timeout expired or query ID is invalid');
}
