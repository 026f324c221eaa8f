import { computed, signal } from '@preact/signals';
import { ApiError } from '../common/api.ts';
import type { Setting } from './contract.ts';

/** The answer of all requests about settings. */
export interface SettingsAnswer {
  readonly items: readonly Setting[];
  readonly can_undo: boolean;
  /** What the start has found wrong, as sentences. */
  readonly notices: readonly string[];
}

/** Values to save; null goes back to the default. */
export type SettingChanges = Readonly<Record<string, string | null>>;

/** The requests that the editor needs. */
export interface SettingsPort {
  readonly load: () => Promise<SettingsAnswer>;
  readonly change: (changes: SettingChanges) => Promise<SettingsAnswer>;
  readonly undo: () => Promise<SettingsAnswer>;
}

/** All settings with the changes that are typed and not saved yet. */
export class SettingsEditor {
  /** Null until they are loaded. */
  readonly settings = signal<readonly Setting[] | null>(null);
  readonly canUndo = signal(false);
  readonly notices = signal<readonly string[]>([]);
  /** What is typed and not saved: a text, or null for the default. */
  readonly drafts = signal<ReadonlyMap<string, string | null>>(new Map());
  /** What is wrong with the drafts, as sentences, since the last attempt to save. */
  readonly problems = signal<ReadonlyMap<string, string>>(new Map());
  readonly isBusy = signal(false);
  /** Counts the times that drafts were saved or dropped, with which fields begin anew. */
  readonly generation = signal(0);
  readonly changeCount = computed(() => this.drafts.value.size);

  readonly #port: SettingsPort;

  constructor(port: SettingsPort) {
    this.#port = port;
  }

  /** Loads the values; drafts stay. */
  load(): Promise<void> {
    return this.#ask(this.#port.load);
  }

  /** Notes what somebody typed. An empty text is the default; for a secret it leaves the value as it is. */
  edit({ name, kind, value }: Setting, typed: string): void {
    const isUnchanged = kind === 'secret' ? typed === '' : typed === (value ?? '');
    this.#note(name, isUnchanged ? undefined : typed);
  }

  /** Notes that a setting goes back to its default, which removes a secret. */
  toDefault({ name, source }: Setting): void {
    this.#note(name, source === 'default' ? undefined : null);
  }

  /** Drops one draft. */
  discard(name: string): void {
    this.#note(name, undefined);
    this.generation.value += 1;
  }

  discardAll(): void {
    this.drafts.value = new Map();
    this.problems.value = new Map();
    this.generation.value += 1;
  }

  /**
   * Saves all drafts, or none of them.
   * @throws the port's error; what is wrong with single values is in `problems` then
   */
  async save(): Promise<void> {
    const saved = this.drafts.value;
    const changes = Object.fromEntries([...saved].map(([name, typed]) => [name, typed || null]));
    try {
      await this.#ask(() => this.#port.change(changes));
    } catch (error) {
      this.problems.value = problemsOf(error);
      throw error;
    }
    // what was typed while the server saved is a draft still
    this.drafts.value = new Map([...this.drafts.value].filter(([name, typed]) => saved.get(name) !== typed));
    this.problems.value = new Map();
    this.generation.value += 1;
  }

  /** Takes back the last save. @throws the port's error */
  undo(): Promise<void> {
    return this.#ask(this.#port.undo);
  }

  #note(name: string, typed: string | null | undefined): void {
    const drafts = new Map(this.drafts.value);
    if (typed === undefined) drafts.delete(name);
    else drafts.set(name, typed);
    this.drafts.value = drafts;
    if (!this.problems.value.has(name)) return;
    this.problems.value = new Map([...this.problems.value].filter(([wrong]) => wrong !== name));
  }

  async #ask(ask: () => Promise<SettingsAnswer>): Promise<void> {
    this.isBusy.value = true;
    try {
      const { items, can_undo: canUndo, notices } = await ask();
      this.settings.value = items;
      this.canUndo.value = canUndo;
      this.notices.value = notices;
    } finally {
      this.isBusy.value = false;
    }
  }
}

interface Problem {
  readonly name: string;
  readonly message: string;
}

function problemsOf(error: unknown): ReadonlyMap<string, string> {
  if (!(error instanceof ApiError) || error.code !== 'settings_wrong') return new Map();
  const { problems = [] } = error.details as { readonly problems?: readonly Problem[] };
  return new Map(problems.map(({ name, message }) => [name, message]));
}
