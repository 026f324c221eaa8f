import { rights } from '../actions/rights.ts';
import { foldWords } from '../catalogue/names/fold.ts';
import { AppError } from '../domain/errors.ts';
import type { Follows } from '../store/follows.ts';
import type { Call, Command } from './command.ts';
import type { CommandContext } from './context.ts';
import { type ActionButton, type Reply, rowsOf } from './reply.ts';

/** Words that a place may follow: as many as there are buttons on every platform. */
const MOST = 20;
/** Letters of words, which have to fit a button. */
const LONGEST = 40;
const STOP = /^(?:stop|arrêter)(?:\s+|$)/i;
const PER_ROW = 4;

type Context = Pick<CommandContext, 'clock'> & {
  readonly follows: Pick<Follows, 'of' | 'add' | 'remove'>;
};

/** Has a place told when a channel for events gets one: `/follow ufc`, `/follow` for the list, `/follow stop ufc`. */
export const followCommand: Command<Context> = {
  name: 'follow',
  options: [{ name: 'words', isRequired: false, suggests: false }],
  role: rights.look.role,
  isPrivate: false,
  async run(call) {
    const [typed = ''] = call.values;
    const isStop = STOP.test(typed);
    const words = foldWords(typed.replace(STOP, '')).slice(0, LONGEST).trim();
    if (words === '') return list(call);
    return isStop ? stop(call, words) : follow(call, words);
  },
};

function list({ context, place, messages }: Call<Context>): Reply {
  const all = context.follows.of(place.id);
  if (all.length === 0) return { lines: [[messages.followsNothing]], isPrivate: false };
  const buttons = all.map((words) => stopButton(`✖ ${words}`, words));
  return { lines: [[messages.follows]], buttons: rowsOf(buttons, PER_ROW), isPrivate: false };
}

/** @throws AppError follows_full */
function follow({ context, place, language, messages }: Call<Context>, words: string): Reply {
  const { follows, clock } = context;
  const all = follows.of(place.id);
  if (all.length >= MOST && !all.includes(words)) throw new AppError('follows_full', { most: MOST });
  follows.add({ place: place.id, language, words }, clock.now());
  return {
    lines: [[messages.following(words)]],
    buttons: [[stopButton(messages.buttons.remove, words)]],
    isPrivate: false,
  };
}

function stop({ context, place, messages }: Call<Context>, words: string): Reply {
  context.follows.remove(place.id, words);
  return { lines: [[messages.followsNoMore(words)]], isPrivate: false };
}

function stopButton(label: string, words: string): ActionButton {
  return { label, action: { command: 'follow', values: [`stop ${words}`] } };
}
