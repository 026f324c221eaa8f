import { computed, signal } from '@preact/signals';
import { en, type Texts } from './texts.en.ts';
import { fr } from './texts.fr.ts';

/** The languages of the pages. */
export type Language = 'fr' | 'en';

const known = (tag: string): Language | null => {
  const base = tag.toLowerCase().split('-')[0];
  return base === 'fr' || base === 'en' ? base : null;
};

const tags = (): readonly string[] => navigator.languages ?? [navigator.language];

const preferred = (): Language | null => {
  for (const tag of tags()) {
    const language = known(tag);
    if (language) return language;
  }
  return null;
};

/** The current language: the first of the browser's that the pages have. */
export const language = signal<Language>(preferred() ?? 'en');

/** The texts of the current language; components that read `.value` follow the language. */
export const texts = computed<Texts>(() => (language.value === 'fr' ? fr : en));

/** The locale for times: the browser's variety of the current language, such as `en-GB`. */
export const locale = computed(() => tags().find((tag) => known(tag) === language.value) ?? language.value);

/** Uses the server's language if the browser has neither French nor English. */
export function fallBackTo(serverLanguage: string): void {
  if (preferred() === null) language.value = known(serverLanguage) ?? 'en';
}
