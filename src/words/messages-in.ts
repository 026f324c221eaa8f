import type { Language } from '../domain/actor.ts';
import { en as cliEn } from './cli.en.ts';
import { fr as cliFr } from './cli.fr.ts';
import type { CliMessages } from './cli.ts';
import { en as doctorEn } from './doctor.en.ts';
import { fr as doctorFr } from './doctor.fr.ts';
import type { DoctorMessages } from './doctor.ts';
import { en } from './messages.en.ts';
import { fr } from './messages.fr.ts';
import type { Messages } from './messages.ts';
import { en as settingsEn } from './settings.en.ts';
import { fr as settingsFr } from './settings.fr.ts';
import type { SettingMessages } from './settings.ts';

const messages: Readonly<Record<Language, Messages>> = { en, fr };
const doctorMessages: Readonly<Record<Language, DoctorMessages>> = { en: doctorEn, fr: doctorFr };
const settingMessages: Readonly<Record<Language, SettingMessages>> = { en: settingsEn, fr: settingsFr };
const cliMessages: Readonly<Record<Language, CliMessages>> = { en: cliEn, fr: cliFr };

/** What Zapette says in a language when all is well. */
export function messagesIn(language: Language): Messages {
  return messages[language];
}

/** What /doctor says in a language. */
export function doctorMessagesIn(language: Language): DoctorMessages {
  return doctorMessages[language];
}

/** What the settings are for, and what is wrong with them, in a language. */
export function settingMessagesIn(language: Language): SettingMessages {
  return settingMessages[language];
}

/** The texts of the command line in a language. */
export function cliMessagesIn(language: Language): CliMessages {
  return cliMessages[language];
}
