/** The kinds of violations; `refused` is any error answer that the bot caused. */
export type ViolationKind =
  | 'refused'
  | 'unknown-route'
  | 'fake-failed'
  | 'mentions'
  | 'ephemeral'
  | 'edit-rate'
  | 'presence-rate'
  | 'rate-limit'
  | 'registration'
  | 'unanswered'
  | 'intents'
  | 'gateway';

/** An action that the real service refuses or a well-behaved bot avoids. `at` is on the fake's clock. */
export interface Violation {
  readonly kind: ViolationKind;
  readonly detail: string;
  readonly at: number;
}

/** Rules beyond Discord's own; 0 or false turns a rule off. */
export interface HouseRules {
  /** The least time between two edits of a message by the channel route. */
  readonly editIntervalMs: number;
  /** The least time between two presence updates. */
  readonly presenceIntervalMs: number;
  /** The intents that IDENTIFY may ask for; null for any. */
  readonly intents: number | null;
  /** Every message must say `allowed_mentions: { parse: [] }`. */
  readonly silentMentions: boolean;
}

export const defaultHouseRules: HouseRules = {
  editIntervalMs: 10_000,
  presenceIntervalMs: 15_000,
  intents: 1,
  silentMentions: true,
};

/** The list of violations. Rules about lateness are checked when the list is read. */
export class Violations {
  readonly rules: HouseRules;
  readonly #now: () => number;
  readonly #noted: Violation[] = [];
  readonly #checks: (() => readonly Violation[])[] = [];

  constructor(now: () => number, rules: HouseRules) {
    this.#now = now;
    this.rules = rules;
  }

  note(kind: ViolationKind, detail: string): void {
    this.#noted.push({ kind, detail, at: this.#now() });
  }

  addCheck(check: () => readonly Violation[]): void {
    this.#checks.push(check);
  }

  list(): readonly Violation[] {
    return [...this.#noted, ...this.#checks.flatMap((check) => check())];
  }
}
