import type { ProgrammeText } from '../../domain/channel.ts';

/** More languages are left out. */
const MOST = 4;
const LANGUAGE = /^[a-z]{2,3}(?:-[a-z\d]{2,8})*$/i;

/** Collects the titles and descriptions of one programme by language. */
export class ProgrammeTexts {
  readonly #titles = new Map<string, string>();
  readonly #descriptions = new Map<string, string>();

  addTitle(language: string, title: string): void {
    add(this.#titles, language, title);
  }

  addDescription(language: string, description: string): void {
    add(this.#descriptions, language, description);
  }

  /** All languages that have a title; null if there are not several. */
  get all(): ProgrammeText[] | null {
    if (this.#titles.size < 2) return null;
    return [...this.#titles].map(([language, title]) => ({
      ...{ language, title },
      description: this.#descriptions.get(language) ?? '',
    }));
  }
}

function add(texts: Map<string, string>, language: string, text: string): void {
  if (text !== '' && texts.size < MOST && LANGUAGE.test(language) && !texts.has(language))
    texts.set(language, text);
}
