import { namePatterns } from '../catalogue/name-patterns.ts';
import { foldWords } from '../catalogue/names/fold.ts';
import type { ChannelEvent } from '../catalogue/search/channel-search.ts';
import type { Language } from '../domain/actor.ts';
import { shorten } from '../lib/shorten.ts';
import type { Follow } from '../store/follows.ts';
import { messagesIn } from '../words/messages-in.ts';
import { channelButton, type MarksContext } from './channel-choice.ts';
import type { Reply } from './reply.ts';

/** Events in one message. */
const MOST = 5;
const LONGEST_NAME = 200;

/** What a place is told. */
export interface PlaceNews {
  readonly place: string;
  readonly reply: Reply;
}

/** What each place is told of new events, if it follows any of them: one message a place. */
export function newsFor(
  events: readonly ChannelEvent[],
  follows: readonly Follow[],
  context: MarksContext,
): PlaceNews[] {
  const folded = events.map((event) => ({ event, name: foldWords(event.channel.name) }));
  return [...Map.groupBy(follows, ({ place }) => place)].flatMap(([place, ofPlace]) => {
    const isFollowed = namePatterns(ofPlace.map(({ words }) => words));
    const found = folded.filter(({ name }) => isFollowed(name)).map(({ event }) => event);
    const language = ofPlace.at(-1)?.language ?? 'en';
    return found.length > 0 ? [{ place, reply: newsReply(found, context, language) }] : [];
  });
}

function newsReply(events: readonly ChannelEvent[], context: MarksContext, language: Language): Reply {
  const messages = messagesIn(language);
  const told = events.slice(0, MOST);
  const others = events.length - told.length;
  return {
    lines: [
      [{ bold: messages.newEvents }],
      // The provider's name tells the channel, the event and often the time.
      ...told.map(({ channel }) => [`• ${shorten(channel.name, LONGEST_NAME)}`]),
      ...(others > 0 ? [[messages.moreEvents(others)]] : []),
    ],
    buttons: told.map(({ channel, text }) => [channelButton(context, channel, `▶ ${text}`)]),
    isPrivate: false,
  };
}
