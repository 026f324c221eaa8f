import type { Language } from '../domain/actor.ts';
import type { CommandName, OptionName } from './command.ts';
import { en } from './phrases.en.ts';
import { fr } from './phrases.fr.ts';

/** What the commands say when all is well; errors have their own texts. */
export interface Phrases {
  /** What each command does, at most 100 characters, as menus show it. */
  readonly does: Readonly<Record<CommandName, string>>;
  readonly options: Readonly<Record<OptionName, string>>;
  readonly onAir: string;
  readonly nothingOn: string;
  readonly askedBy: (name: string) => string;
  readonly viewers: (count: number) => string;
  readonly now: string;
  readonly next: string;
  readonly opening: (name: string) => string;
  readonly reconnecting: (attempt: number, of: number) => string;
  readonly whichOne: (query: string) => string;
  readonly found: (query: string) => string;
  readonly watchHere: string;
  readonly help: string;
  readonly languageIs: string;
  /** What is on, before a question whether to switch. */
  readonly watching: (viewers: number, channel: string, askedBy: string | null) => string;
  readonly switchTo: (channel: string) => string;
  readonly wouldLike: (who: string, channel: string) => string;
  readonly voteEnds: (seconds: number) => string;
  readonly voteWon: (channel: string) => string;
  readonly voteLost: (channel: string) => string;
  readonly voteMoot: string;
  readonly leftAsIs: string;
  readonly buttons: Readonly<Record<'stop' | 'watch' | 'switch' | 'askRoom' | 'cancel', string>>;
}

const phrases: Readonly<Record<Language, Phrases>> = { en, fr };

export function phrasesIn(language: Language): Phrases {
  return phrases[language];
}
