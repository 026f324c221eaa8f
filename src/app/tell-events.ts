import type { CardSync } from '../bots/card-sync.ts';
import type { NewEvents } from '../catalogue/new-events.ts';
import type { MarksContext } from '../commands/channel-choice.ts';
import { newsFor } from '../commands/new-events-reply.ts';
import type { Follows } from '../store/follows.ts';

export interface TellEventsOptions {
  readonly events: Pick<NewEvents, 'subscribe'>;
  readonly follows: Pick<Follows, 'all' | 'forget'>;
  readonly cards: Pick<CardSync, 'tell'>;
  readonly context: MarksContext;
}

/** Tells the places of chats that follow them of new events, until the returned function is called. */
export function tellEvents({ events, follows, cards, context }: TellEventsOptions): () => void {
  return events.subscribe((found) => {
    for (const { place, reply } of newsFor(found, follows.all(), context))
      void cards.tell(place, reply).then((outcome) => {
        if (outcome === 'gone') follows.forget(place);
      });
  });
}
