import { computed } from '@preact/signals';
import { language } from '../common/language.ts';
import { type ClipTexts, en } from './clip-texts.en.ts';
import { fr } from './clip-texts.fr.ts';

/** The texts about clips, in the current language. */
export const clipTexts = computed<ClipTexts>(() => (language.value === 'fr' ? fr : en));
