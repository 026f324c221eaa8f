import { computed } from '@preact/signals';
import { language } from '../common/language.ts';
import { en, type RecordingTexts } from './recording-texts.en.ts';
import { fr } from './recording-texts.fr.ts';

/** The console's texts about recordings in the current language. */
export const recordingTexts = computed<RecordingTexts>(() => (language.value === 'fr' ? fr : en));
