import { computed } from '@preact/signals';
import { language } from '../common/language.ts';
import { en, type SettingsTexts } from './settings-texts.en.ts';
import { fr } from './settings-texts.fr.ts';

/** The texts of "All settings" in the current language. */
export const settingsTexts = computed<SettingsTexts>(() => (language.value === 'fr' ? fr : en));
