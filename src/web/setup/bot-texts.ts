import { computed } from '@preact/signals';
import { language } from '../common/language.ts';
import { type BotTexts, en } from './bot-texts.en.ts';
import { fr } from './bot-texts.fr.ts';

/** The texts of the Discord and Telegram steps in the current language. */
export const botTexts = computed<BotTexts>(() => (language.value === 'fr' ? fr : en));
