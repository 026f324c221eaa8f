import { computed } from '@preact/signals';
import { language } from '../common/language.ts';
import { en, type RecordingPageTexts } from './recording-texts.en.ts';
import { fr } from './recording-texts.fr.ts';

/** The page's texts in the current language. */
export const recordingTexts = computed<RecordingPageTexts>(() => (language.value === 'fr' ? fr : en));
