import { computed } from '@preact/signals';
import { language } from '../common/language.ts';
import { en, type PastTexts } from './past-texts.en.ts';
import { fr } from './past-texts.fr.ts';

/** The texts about the past of a screen, in the current language. */
export const pastTexts = computed<PastTexts>(() => (language.value === 'fr' ? fr : en));
