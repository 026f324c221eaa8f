import { computed } from '@preact/signals';
import { language } from '../common/language.ts';
import { en, type SetupTexts } from './texts.en.ts';
import { fr } from './texts.fr.ts';

/** The texts of the set-up page in the current language. */
export const setupTexts = computed<SetupTexts>(() => (language.value === 'fr' ? fr : en));
