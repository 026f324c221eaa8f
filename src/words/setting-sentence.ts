import type { Language } from '../domain/actor.ts';
import type { SettingProblem } from '../domain/setting-problem.ts';
import { fillIn } from './fill-in.ts';
import { settingMessagesIn } from './messages-in.ts';

/** A problem with a setting as a sentence that says what to do. */
export function settingSentence(language: Language, { name, rule, params }: SettingProblem): string {
  return fillIn(settingMessagesIn(language).rules[rule], { ...params, name });
}

/** All problems as one text for a terminal. */
export function settingSentences(language: Language, problems: readonly SettingProblem[]): string {
  const sentences = problems.map((problem) => settingSentence(language, problem));
  if (sentences.length === 1) return sentences.join('');
  const { wrong } = settingMessagesIn(language);
  return [wrong, ...sentences.map((sentence) => `  - ${sentence}`)].join('\n');
}
