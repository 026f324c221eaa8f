import { languages } from '../domain/actor.ts';
import { AppError } from '../domain/errors.ts';
import type { Command } from './command.ts';
import { phrasesIn } from './phrases.ts';
import { rights } from './rights.ts';

export const langCommand: Command = {
  name: 'lang',
  options: [{ name: 'language', isRequired: true, suggests: false, choices: languages }],
  role: rights.own.role,
  isPrivate: true,
  async run({ context: { people, clock }, actor, values: [wish = ''] }) {
    const language = languages.find((each) => each === wish.trim().toLowerCase());
    if (!language) throw new AppError('unknown_choice', { choice: wish, choices: languages.join(', ') });
    people.setLanguage(actor, language, clock.now());
    return { lines: [[phrasesIn(language).languageIs]], isPrivate: true };
  },
};
