import type { ChannelMarks } from '../actions/channel-marks.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { labelOf } from '../catalogue/channel-title.ts';

/** Where marks and their channels are looked up. */
export interface MarkLookup {
  readonly catalogue: Pick<Catalogue, 'snapshot' | 'groupOf'>;
  readonly marks: Pick<ChannelMarks, 'read'>;
}

/** The name for people of the channel that a mark names; null where the list has no such channel. */
export function labelOfMark(context: MarkLookup, mark: string): string | null {
  const id = context.marks.read(mark);
  const channel = id === null || id === 'unknown' ? undefined : context.catalogue.snapshot().byId.get(id);
  return channel ? labelOf(context, channel) : null;
}
