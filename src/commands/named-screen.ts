import { mayWatchScreen } from '../actions/rights.ts';
import { screenCalled } from '../actions/screens.ts';
import type { Actor, Place } from '../domain/actor.ts';
import { AppError } from '../domain/errors.ts';
import type { Screen } from '../stream/screen/screen.ts';
import type { CommandInfo, Option } from './command.ts';
import type { CommandContext } from './context.ts';
import type { Action, Button, Reply } from './reply.ts';

/** The option of commands that may be about another screen than their place's: "/play tf1 > sport". */
export const screenOption: Option = { name: 'screen', kind: 'screen', isRequired: false, suggests: true };

/** A screen's number or name among a call's values. */
export function markOfScreen(screen: string | number): string {
  return `>${screen}`;
}

/** Splits a typed text at its arrow: "tf1 hd > sport" is "tf1 hd" and "sport". One before a time, as in "21h -> 23h", names no screen. */
export function splitAtArrow(text: string): readonly [text: string, screen: string] {
  const [, before = text, screen = ''] =
    /^(.*?)\s*(?:[-=]?>|→)(?!\s*\d{1,2}\s?(?:[:h]|[ap]\.?m))\s*([^>→]*)$/isu.exec(text) ?? [];
  return [before.trim(), screen.trim()];
}

/**
 * The screen that a call is about, and its values without it.
 * @throws AppError screen_unknown, screen_closed_to_you
 */
export function screenOfCall(
  { screens, screenOf }: Pick<CommandContext, 'screens' | 'screenOf'>,
  { id: place }: Pick<Place, 'id'>,
  { role }: Pick<Actor, 'role'>,
  given: readonly string[],
): { readonly screen: Screen; readonly values: readonly string[] } {
  const at = given.findLastIndex((value) => value.startsWith('>'));
  const named = given[at]?.slice(1).trim() ?? '';
  const screen = named === '' ? screenOf(place) : screenCalled(screens, named);
  if (!mayWatchScreen(role, screen))
    throw new AppError('screen_closed_to_you', { screen: screen.facts.name });
  return { screen, values: at < 0 ? given : given.toSpliced(at, 1) };
}

/** Whether a command may name a screen: those with the option, and those of buttons. */
export function takesScreen({ options, name }: CommandInfo): boolean {
  return options.includes(screenOption) || name === 'vote' || name === 'react';
}

/**
 * The same reply for a place that is about another screen: it names its screen, its buttons act on that, and it is not the
 * place's card.
 */
export function aboutScreen(
  reply: Reply,
  { facts: { name, number } }: Pick<Screen, 'facts'>,
  isAboutScreen: (command: string) => boolean,
): Reply {
  const mark = markOfScreen(number);
  const onScreen = (action: Action): Action =>
    isAboutScreen(action.command) ? { ...action, values: [...action.values, mark] } : action;
  const { isCard, lines, buttons, menu, ...rest } = reply;
  const [first = [], ...others] = lines;
  // A card names its screen.
  const isNamed = isCard === true || lines.length === 0;
  return {
    ...rest,
    lines: isNamed ? lines : [[{ bold: name }, ' · ', ...first], ...others],
    ...(buttons ? { buttons: buttons.map((row) => row.map((each) => withAction(each, onScreen))) } : {}),
    ...(menu
      ? {
          menu: {
            ...menu,
            choices: menu.choices.map((each) => ({ ...each, action: onScreen(each.action) })),
          },
        }
      : {}),
  };
}

function withAction(button: Button, change: (action: Action) => Action): Button {
  return 'action' in button ? { ...button, action: change(button.action) } : button;
}
