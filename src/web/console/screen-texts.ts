import { computed } from '@preact/signals';
import { language } from '../common/language.ts';
import { en, type ScreenTexts } from './screen-texts.en.ts';
import { fr } from './screen-texts.fr.ts';

/** The console's texts about screens in the current language. */
export const screenTexts = computed<ScreenTexts>(() => (language.value === 'fr' ? fr : en));
