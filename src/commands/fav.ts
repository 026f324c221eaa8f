import { findAgain } from '../catalogue/find-again.ts';
import { AppError } from '../domain/errors.ts';
import type { Favourite } from '../store/favourites.ts';
import { askWhich, channelButton } from './choice.ts';
import type { Call, Command, Option } from './command.ts';
import { findOrOnAir } from './find.ts';
import { favouritesLike, keepFavourite, labelOf } from './own-favourites.ts';
import { qualityOption } from './play.ts';
import type { Button, Line, Reply } from './reply.ts';
import { rights } from './rights.ts';

const favouriteOption: Option = { name: 'favourite', isRequired: true, suggests: true };

export const favCommand: Command = {
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
    switch (verb) {
      case 'add':
        return add(call, typed);
      case 'remove':
        return remove(call, one(call, typed));
      case 'play':
        return call.commands.play.run({ ...call, values: [`#${one(call, typed).channelId}`, quality] });
      default:
        return list(call);
    }
  },
};

function list({ context, actor, phrases }: Call): Reply {
  const lines: Line[] = [];
  const buttons: Button[] = [];
  for (const favourite of context.favourites.of(actor.id)) {
    const channel = findAgain(context.catalogue, favourite);
    if (channel) buttons.push(channelButton({ id: channel.id, name: `▶ ${labelOf(context, favourite)}` }));
    else lines.push([phrases.notInTheList(favourite.channelName)]);
  }
  const isEmpty = lines.length === 0 && buttons.length === 0;
  return {
    lines: [[isEmpty ? phrases.noFavourites : phrases.yourFavourites], ...lines],
    buttons: buttons.map((button) => [button]),
    isPrivate: true,
  };
}

function add(call: Call, typed: string): Reply {
  const { context, actor, phrases } = call;
  const found = findOrOnAir(context, actor, typed);
  if (found.kind !== 'one') return askWhich(call, typed.trim(), found, { command: 'fav', values: ['add'] });
  const { channel } = found;
  keepFavourite(context, actor.id, channel);
  const favourite = { channelId: channel.id, channelName: channel.name };
  return {
    lines: [[phrases.isFavourite(labelOf(context, favourite))]],
    buttons: [
      [channelButton({ ...channel, name: phrases.buttons.remove }, { command: 'fav', values: ['remove'] })],
    ],
    isPrivate: true,
  };
}

function remove({ context, actor, phrases }: Call, favourite: Favourite): Reply {
  context.favourites.remove(actor.id, favourite.channelId);
  const again = channelButton(
    { id: favourite.channelId, name: phrases.buttons.keepAgain },
    { command: 'fav', values: ['add'] },
  );
  return {
    lines: [[phrases.isNoFavourite(labelOf(context, favourite))]],
    buttons: [[again]],
    isPrivate: true,
  };
}

/** @throws AppError no_favourite */
function one({ context, actor }: Call, typed: string): Favourite {
  const [favourite] = typed.trim() === '' ? [] : favouritesLike(context, actor.id, typed);
  if (!favourite) throw new AppError('no_favourite', { query: typed.trim() });
  return favourite;
}
