import type { Boosts } from '../catalogue/search/boosts.ts';
import type { Actor, Language } from '../domain/actor.ts';

/** Where most people who choose a language watch from; English is spoken in too many countries to tell. */
const countryOf: Readonly<Record<Language, string | null>> = { fr: 'FR', en: null };

/** What whoever asks is likely to want. */
export function tasteOf({ language }: Pick<Actor, 'language'>): Boosts {
  return { country: countryOf[language], language };
}
