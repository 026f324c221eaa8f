import { favouritesLike } from '../actions/favourites.ts';
import { labelOf } from '../catalogue/channel-title.ts';
import { toChannel } from '../catalogue/find-again.ts';
import { type Actor, mayAct } from '../domain/actor.ts';
import type { Channel } from '../domain/channel.ts';
import type { ChannelId } from '../domain/ids.ts';
import type { Favourite } from '../store/favourites.ts';
import { messagesIn } from '../words/messages-in.ts';
import { distinctLabels } from './channel-choice.ts';
import type { CommandContext } from './context.ts';
import { withoutFromTheStart } from './from-the-start.ts';
import { type SearchChannelsContext, searchChannels } from './resolve-channel.ts';

export interface Suggestion {
  readonly label: string;
  readonly channel: Pick<Channel, 'id' | 'name'>;
  /** What was typed ends with "from the start". */
  readonly isFromTheStart?: true;
}

/** The text that somebody is typing, where, and its option. */
export interface Typing {
  /** The id of the place. */
  readonly place: string;
  readonly option: string;
  readonly typed: string;
}

const MOST = 25;

/** Suggests channels while somebody types; none to strangers. Never throws, since there is nowhere to show an error. */
export function suggest(
  context: SearchChannelsContext & Pick<CommandContext, 'marks' | 'screenOf'>,
  actor: Actor,
  { place, option, typed }: Typing,
): Suggestion[] {
  if (!mayAct(actor, 'viewer')) return [];
  if (option === 'favourite') {
    const favourites = favouritesLike(context, actor.id, typed);
    return favourites.map((each) => ({
      label: `★ ${labelOf(context, toChannel(each))}`,
      channel: toChannel(each),
    }));
  }
  const screen = context.screenOf(place);
  const channel = withoutFromTheStart(typed);
  const isFromTheStart = channel === null ? undefined : true;
  const groups = searchChannels({ context, actor, screen }, channel ?? typed, MOST);
  const labels = distinctLabels(groups);
  // A person with a favourite variant means that one, unless they type something.
  const kept = new Set(typed.trim() === '' ? context.favourites.of(actor.id).map(toId) : []);
  return groups.map(({ why, qualities, variants }, at) => {
    const { id, name } = variants.find((variant) => kept.has(variant.id)) ?? variants[0];
    const mark = why.includes('favourite') ? '★ ' : why.includes('recent') ? '↺ ' : '';
    const start = isFromTheStart ? messagesIn(actor.language).fromTheStart : '';
    const facts = [labels[at] ?? '', qualities.join(' '), start].filter((fact) => fact !== '');
    return {
      label: `${mark}${facts.join(' · ')}`,
      channel: { id, name },
      ...(isFromTheStart ? { isFromTheStart } : {}),
    };
  });
}

function toId({ channelId }: Favourite): ChannelId {
  return channelId;
}
