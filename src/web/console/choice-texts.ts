import { computed } from '@preact/signals';
import { language } from '../common/language.ts';
import { type ChoiceTexts, en } from './choice-texts.en.ts';
import { fr } from './choice-texts.fr.ts';

/** The texts about what admins choose for channels, in the current language. */
export const choiceTexts = computed<ChoiceTexts>(() => (language.value === 'fr' ? fr : en));
