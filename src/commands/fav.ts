import {
  type AddFavouriteContext,
  addFavourite,
  favouritesLike,
  removeFavourite,
} from '../actions/favourites.ts';
import { requireList } from '../actions/require-list.ts';
import { rights } from '../actions/rights.ts';
import { labelOf } from '../catalogue/channel-title.ts';
import { findAgain, toChannel } from '../catalogue/find-again.ts';
import type { Channel } from '../domain/channel.ts';
import { AppError } from '../domain/errors.ts';
import type { Favourite } from '../store/favourites.ts';
import type { Line } from '../words/line.ts';
import { askWhichChannel, channelButton } from './channel-choice.ts';
import type { Call, Command, Option } from './command.ts';
import { type PlayCommandContext, qualityOption } from './play.ts';
import { playChannel } from './play-channel.ts';
import type { Action, Button, Choice, Reply } from './reply.ts';
import { inQuality, resolveChannelOrOnAir, toQuality } from './resolve-channel.ts';

/** Rows of buttons that fit on every platform. */
const MOST_ROWS = 5;

const favouriteOption: Option = { name: 'favourite', isRequired: true, suggests: true };

const removeIt: Action = { command: 'fav', values: ['remove'] };

type Context = PlayCommandContext & AddFavouriteContext;

export const favCommand: Command<Context> = {
  name: 'fav',
  options: [],
  verbs: [
    { name: 'list', options: [], isPrivate: true },
    { name: 'add', options: [{ name: 'channel', isRequired: false, suggests: true }], isPrivate: true },
    { name: 'remove', options: [favouriteOption], isPrivate: true },
    { name: 'play', options: [favouriteOption, qualityOption], isPrivate: false },
  ],
  role: rights.own.role,
  isPrivate: true,
  async run(call) {
    const [verb, typed = '', quality = ''] = call.values;
    const isNamed = typed.trim() !== '';
    if (verb === 'add') return add(call, typed);
    if (verb === 'remove') return isNamed ? remove(call, one(call, typed)) : askWhichToRemove(call);
    if (verb === 'play' && isNamed) return play(call, one(call, typed), quality);
    return list(call);
  },
};

/** Lists favourites: a few with ▶ and ✖ beside each, many in a menu that plays them. */
function list(call: Call<Context>): Reply {
  const { context, actor, messages } = call;
  const own = context.favourites.of(actor.id);
  const isThere = (favourite: Favourite) => findAgain(context.catalogue, favourite);
  const missing: Line[] = own
    .filter((favourite) => !isThere(favourite))
    .map((favourite) => [messages.notInTheList(labelOf(context, toChannel(favourite)))]);
  const heading = own.length === 0 ? messages.noFavourites : messages.yourFavourites;
  const reply = { lines: [[heading], ...missing], isPrivate: true };
  if (own.length <= MOST_ROWS)
    return { ...reply, buttons: own.map((each) => rowOf(each, isThere(each), call)) };
  const choices = own.flatMap((favourite): Choice[] => {
    const channel = isThere(favourite);
    return channel
      ? [{ ...playButton(channel, favourite, call), label: labelOf(context, toChannel(favourite)) }]
      : [];
  });
  return {
    ...reply,
    menu: { placeholder: messages.chooseChannel, choices },
    buttons: [[{ label: messages.buttons.remove, action: { command: 'fav', values: ['remove'] } }]],
  };
}

function rowOf(favourite: Favourite, channel: Channel | null, call: Call<Context>): Button[] {
  const name = channel ? '✖' : `✖ ${labelOf(call.context, toChannel(favourite))}`;
  const remove = channelButton(call.context, toChannel(favourite), name, removeIt);
  return channel ? [playButton(channel, favourite, call), remove] : [remove];
}

function playButton(channel: Channel, favourite: Favourite, { context }: Call<Context>) {
  return channelButton(context, channel, `▶ ${labelOf(context, toChannel(favourite))}`);
}

function askWhichToRemove(call: Call<Context>): Reply {
  const { context, actor, messages } = call;
  const choices = context.favourites.of(actor.id).map(
    (favourite): Choice => ({
      label: labelOf(context, toChannel(favourite)),
      action: { command: 'fav', values: ['remove', markOf(call, favourite)] },
    }),
  );
  if (choices.length === 0) return { lines: [[messages.noFavourites]], isPrivate: true };
  return {
    lines: [[messages.whichToRemove]],
    menu: { placeholder: messages.buttons.remove, choices },
    isPrivate: true,
  };
}

async function add(call: Call<Context>, typed: string): Promise<Reply> {
  const { context, actor, messages } = call;
  const found = await resolveChannelOrOnAir(call, typed);
  if (found.kind !== 'one')
    return askWhichChannel(call, typed.trim(), found, { command: 'fav', values: ['add'] });
  const { channel } = found;
  const isKept = context.favourites.of(actor.id).some(({ channelId }) => channelId === channel.id);
  if (!isKept) addFavourite(context, actor, channel);
  return {
    lines: [[(isKept ? messages.isFavouriteAlready : messages.isFavourite)(labelOf(context, channel))]],
    buttons: [[channelButton(context, channel, messages.buttons.remove, removeIt)]],
    isPrivate: true,
  };
}

function remove({ context, actor, messages }: Call<Context>, favourite: Favourite): Reply {
  removeFavourite(context, actor, favourite);
  const again = channelButton(context, toChannel(favourite), messages.buttons.keepAgain, {
    command: 'fav',
    values: ['add'],
  });
  return {
    lines: [[messages.isNoFavourite(labelOf(context, toChannel(favourite)))]],
    buttons: [[again]],
    isPrivate: true,
  };
}

/** Plays a favourite as it is in the list now. */
async function play(call: Call<Context>, favourite: Favourite, quality: string): Promise<Reply> {
  const { context } = call;
  await requireList(context);
  const channel = findAgain(context.catalogue, favourite);
  if (!channel) throw new AppError('channel_gone');
  return playChannel(call, { channelId: inQuality(context, channel, toQuality(quality)).id });
}

function markOf({ context }: Call<Context>, favourite: Favourite): string {
  return context.marks.of(toChannel(favourite));
}

/** @throws AppError no_favourite */
function one({ context, actor }: Call<Context>, typed: string): Favourite {
  const [favourite] = favouritesLike(context, actor.id, typed);
  if (!favourite) throw new AppError('no_favourite', { query: typed.trim() });
  return favourite;
}
