import { rights } from '../actions/rights.ts';
import { type Language, languages } from '../domain/actor.ts';
import { AppError } from '../domain/errors.ts';
import type { Clock } from '../lib/clock.ts';
import type { People } from '../store/people.ts';
import { messagesIn } from '../words/messages-in.ts';
import type { Command } from './command.ts';
import type { Button } from './reply.ts';

/** Each language in its own words, so that everybody can read theirs. */
const names: Readonly<Record<Language, string>> = { fr: 'Français', en: 'English' };

const buttons: readonly Button[] = languages.map((language) => ({
  label: names[language],
  action: { command: 'lang', values: [language] },
}));

interface Context {
  readonly people: Pick<People, 'setLanguage'>;
  readonly clock: Pick<Clock, 'now'>;
}

export const langCommand: Command<Context> = {
  name: 'lang',
  options: [{ name: 'language', isRequired: true, suggests: false, choices: languages }],
  role: rights.own.role,
  isPrivate: true,
  async run({ context: { people, clock }, actor, messages, values: [wish = ''] }) {
    if (wish.trim() === '') return { lines: [[messages.whichLanguage]], buttons: [buttons], isPrivate: true };
    const language = languages.find((each) => each === wish.trim().toLowerCase());
    if (!language) throw new AppError('unknown_choice', { choice: wish, choices: languages.join(', ') });
    people.setLanguage(actor, language, clock.now());
    return { lines: [[messagesIn(language).languageIs]], isPrivate: true };
  },
};
