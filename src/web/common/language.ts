import { computed, signal } from '@preact/signals';
import { en, type Texts } from './texts.en.ts';
import { fr } from './texts.fr.ts';

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

export const language = signal<Language>(preferred() ?? 'en');

/** The sentences of the current language; read `.value` inside a component and it follows the language. */
export const texts = computed<Texts>(() => (language.value === 'fr' ? fr : en));

/** How this reader writes times: as the browser's own variety of the language that is shown, such as `en-GB`. */
export const locale = computed(() => tags().find((tag) => known(tag) === language.value) ?? language.value);

/** Takes the server's language where the browser speaks neither French nor English. */
export function fallBackTo(serverLanguage: string): void {
  if (preferred() === null) language.value = known(serverLanguage) ?? 'en';
}
