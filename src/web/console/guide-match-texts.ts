import { computed } from '@preact/signals';
import { language } from '../common/language.ts';
import { en, type GuideMatchTexts } from './guide-match-texts.en.ts';
import { fr } from './guide-match-texts.fr.ts';

/** The texts about channels' guides in the current language. */
export const guideMatchTexts = computed<GuideMatchTexts>(() => (language.value === 'fr' ? fr : en));
