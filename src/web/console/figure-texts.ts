import { computed } from '@preact/signals';
import { language } from '../common/language.ts';
import { en, type FigureTexts } from './figure-texts.en.ts';
import { fr } from './figure-texts.fr.ts';

/** The texts of the server's plots in the current language. */
export const figureTexts = computed<FigureTexts>(() => (language.value === 'fr' ? fr : en));
