import type { BroadcastStatus } from '../../domain/broadcast-status.ts';
import type { ScreenId } from '../../domain/ids.ts';
import type { ReactionCounts } from '../../domain/reaction.ts';
import type { ScreenFacts } from '../../domain/screen-facts.ts';
import type { Trouble } from '../../domain/trouble.ts';
import { Emitter } from '../../lib/emitter.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Rendition } from '../rendition/rendition.ts';
import type { SegmentRing } from '../segments/ring/segment-ring.ts';
import type { Broadcast } from './broadcast.ts';
import type { BroadcastMemory } from './broadcast-memory.ts';
import type { Reactions } from './reactions.ts';
import type { ViewerHistory } from './viewer-history.ts';
import type { Viewers } from './viewers.ts';

/**
 * What happens on a screen: its status changed, viewers pressed reactions, or the trouble with its picture changed.
 * Segments are not among these: the live playlist tells of them.
 */
export type ScreenEvent =
  | { readonly type: 'status'; readonly status: BroadcastStatus }
  | { readonly type: 'reactions'; readonly burst: ReactionCounts }
  | { readonly type: 'trouble'; readonly trouble: Trouble | null };

/** What is wrong with the picture of a channel that does deliver a stream. */
export interface PictureHealth {
  readonly trouble: Trouble | null;
  /** Calls the listener at every change until the returned function is called. */
  subscribe(listener: () => void): () => void;
}

/** One shared picture and everything that belongs to it. */
export interface Screen {
  readonly id: ScreenId;
  /** As they are at the moment. */
  readonly facts: ScreenFacts;
  readonly broadcast: Broadcast;
  /** The same picture for lines that do not carry the full one. */
  readonly rendition: Rendition;
  /** What it has shown. */
  readonly past: SegmentRing;
  readonly viewers: Viewers;
  readonly viewerHistory: ViewerHistory;
  readonly reactions: Reactions;
  readonly pictureHealth: PictureHealth;
  /** What the process before this one had on air; null for nothing. */
  readonly remembered: BroadcastMemory | null;
  /** Whatever follows the screen subscribes here. */
  readonly events: Pick<Emitter<ScreenEvent>, 'subscribe'>;
}

interface ScreenParts
  extends Pick<
    Screen,
    'broadcast' | 'rendition' | 'past' | 'viewerHistory' | 'reactions' | 'pictureHealth' | 'remembered'
  > {
  readonly facts: () => ScreenFacts;
}

/** Joins the parts of a screen, and their events to those of the screen. The broadcast's id is the screen's. */
export function joinScreen({ facts, ...parts }: ScreenParts, logger: Pick<Logger, 'error'>): Screen {
  const { broadcast, reactions, pictureHealth } = parts;
  const events = new Emitter<ScreenEvent>((err) => logger.error({ err }, 'a listener of the screen failed'));
  broadcast.subscribe((status) => events.emit({ type: 'status', status }));
  reactions.subscribe((burst) => events.emit({ type: 'reactions', burst }));
  pictureHealth.subscribe(() => events.emit({ type: 'trouble', trouble: pictureHealth.trouble }));
  return {
    ...parts,
    get facts() {
      return facts();
    },
    id: broadcast.id,
    viewers: broadcast.live.viewers,
    events,
  };
}
