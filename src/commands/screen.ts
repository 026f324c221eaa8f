import { mayWatchScreen, rights } from '../actions/rights.ts';
import {
  addScreen,
  changeScreen,
  removeScreen,
  type ScreensContext,
  screenCalled,
  useScreen,
} from '../actions/screens.ts';
import { labelOf, type TitleSource } from '../catalogue/channel-title.ts';
import { type Actor, mayAct } from '../domain/actor.ts';
import { chosenChannel } from '../domain/broadcast-status.ts';
import { AppError } from '../domain/errors.ts';
import type { Screen } from '../stream/screen/screen.ts';
import type { Screens } from '../stream/screen/screens.ts';
import type { Line, Span } from '../words/line.ts';
import { messagesIn } from '../words/messages-in.ts';
import type { Call, Command, Option } from './command.ts';
import type { Button, Reply } from './reply.ts';

interface Context extends ScreensContext, TitleSource {
  readonly screens: Screens;
}

const whichOption: Option = { name: 'screen', isRequired: true, suggests: true };
const nameOption: Option = { name: 'name', isRequired: true, suggests: false };

/** Lists the screens, and chooses the one that a room is about; for admins, adds, renames and removes them. */
export const screenCommand: Command<Context> = {
  name: 'screen',
  options: [],
  verbs: [
    { name: 'list', options: [], isPrivate: false },
    { name: 'use', options: [whichOption], isPrivate: false },
    { name: 'add', options: [nameOption], isPrivate: false },
    { name: 'remove', options: [whichOption], isPrivate: false },
    { name: 'rename', options: [whichOption, nameOption], isPrivate: false },
  ],
  role: rights.look.role,
  isPrivate: false,
  async run(call) {
    const { actor, context, messages } = call;
    const [verb = '', typed = '', name = ''] = call.values;
    if (verb !== 'list') requireRoleOf(verb, actor);
    switch (verb) {
      case 'add': {
        const added = await addScreen(context, { name: typed }, asRequester(actor));
        return tell(messages.screenAdded(added.facts.name));
      }
      case 'use': {
        if (typed.trim() === '') return list(call, messages.whichScreen);
        const screen = screenCalled(context.screens, typed);
        useScreen(context, call.place, screen, asRequester(actor));
        return tell(messages.roomIsAbout(screen.facts.name));
      }
      case 'remove': {
        if (typed.trim() === '') return list(call, messages.whichScreen);
        const screen = screenCalled(context.screens, typed);
        await removeScreen(context, screen, asRequester(actor));
        return tell(messages.screenRemoved(screen.facts.name));
      }
      case 'rename': {
        const { screen, rest } = firstScreen(context.screens, typed, name);
        const before = screen.facts.name;
        changeScreen(context, screen, { name: rest }, asRequester(actor));
        return tell(messages.screenRenamed(before, screen.facts.name));
      }
      default:
        return list(call, messages.screens);
    }
  },
};

/** @throws AppError controllers_screens, admins_only */
function requireRoleOf(verb: string, actor: Actor): void {
  if (verb === 'use' && !mayAct(actor, rights.useScreen.role)) throw new AppError('controllers_screens');
  if (verb !== 'use' && !mayAct(actor, rights.screens.role)) throw new AppError('admins_only');
}

/** `execute` has let the actor in, so they have a role. */
function asRequester({ id, name, role }: Actor) {
  return { id, name, role };
}

function list({ actor, context, screen: own, language }: Call<Context>, heading: string): Reply {
  const messages = messagesIn(language);
  const screens = context.screens.all().filter((screen) => mayWatchScreen(actor.role, screen));
  const lines = screens.map(
    (screen): Line => [
      `${screen.facts.number} · `,
      { bold: screen.facts.name },
      ...factsOf(screen, context, messages.viewers),
      ...(screen === own ? [` (${messages.hereNow})`] : []),
    ],
  );
  const buttons = mayAct(actor, rights.useScreen.role)
    ? screens.filter((screen) => screen !== own).map(useButton)
    : [];
  return { lines: [[heading], ...lines], buttons: buttons.map((button) => [button]), isPrivate: false };

  function useButton({ facts }: Screen): Button {
    const label = `${messages.buttons.useHere}: ${facts.name}`;
    return { label, action: { command: 'screen', values: ['use', String(facts.number)] } };
  }
}

function factsOf(
  { broadcast: { status } }: Screen,
  context: TitleSource,
  viewers: (n: number) => string,
): Span[] {
  const onAir = chosenChannel(status);
  if (!onAir) return [];
  return [' · ', labelOf(context, onAir), ...(status.viewers > 0 ? [' · ', viewers(status.viewers)] : [])];
}

/** The screen of "sport Salle de foot", and the words that follow it. @throws AppError screen_unknown */
function firstScreen(
  screens: Screens,
  typed: string,
  name: string,
): { readonly screen: Screen; readonly rest: string } {
  if (name !== '') return { screen: screenCalled(screens, typed), rest: name };
  const words = typed.trim().split(/\s+/);
  for (let count = words.length; count > 1; count--) {
    const called = words.slice(0, count).join(' ').toLowerCase();
    const screen = screens.all().find(({ facts }) => facts.name.toLowerCase() === called);
    if (screen) return { screen, rest: words.slice(count).join(' ') };
  }
  const [first = '', ...rest] = words;
  return { screen: screenCalled(screens, first), rest: rest.join(' ') };
}

function tell(text: string): Reply {
  return { lines: [[text]], isPrivate: false };
}
