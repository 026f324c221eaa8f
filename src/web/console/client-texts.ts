import { computed } from '@preact/signals';
import { language } from '../common/language.ts';
import { type ClientTexts, en } from './client-texts.en.ts';
import { fr } from './client-texts.fr.ts';

/** The texts about televisions and players in the current language. */
export const clientTexts = computed<ClientTexts>(() => (language.value === 'fr' ? fr : en));
