import type { CommandInfo, Option } from './command.ts';
import { markOfScreen, screenOption, splitAtArrow } from './named-screen.ts';

/**
 * Parses the text behind a command into its values: the verb, if it has verbs, and one value for each option. The first
 * option takes the words as they are; choices of later options are taken from the end, so "tf1 hd" is a channel and a
 * quality. What follows an arrow is a screen. An unknown verb is kept, so that `execute` can name it.
 */
export function valuesOf({ verbs, options }: CommandInfo, text: string): string[] {
  if (!verbs) return optionsOf(options, text.trim());
  const [word, rest] = splitFirst(text.trim());
  const verb = word === '' ? verbs[0] : verbs.find(({ name }) => name === word.toLowerCase());
  return verb ? [verb.name, ...optionsOf(verb.options, rest)] : [word];
}

function optionsOf(options: readonly Option[], text: string): string[] {
  if (options.includes(screenOption)) {
    const [before, screen] = splitAtArrow(text);
    const others = options.filter((option) => option !== screenOption);
    return [...optionsOf(others, before), screen === '' ? '' : markOfScreen(screen)];
  }
  const [first, ...later] = options;
  if (!first) return [];
  const values: string[] = [];
  let rest = text;
  for (const { choices = [] } of later.reverse()) {
    const [, before = '', last = ''] = /^(.*\S)\s+(\S+)$/s.exec(rest) ?? [];
    const choice = choices.find((each) => each.toLowerCase() === last.toLowerCase());
    if (choice !== undefined) rest = before;
    values.unshift(choice ?? '');
  }
  return [rest, ...values];
}

function splitFirst(text: string): [string, string] {
  const [, first = '', rest = ''] = /^(\S*)\s*(.*)$/s.exec(text) ?? [];
  return [first, rest];
}
