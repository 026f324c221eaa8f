import type { Recording } from '../domain/recording.ts';
import type { WayOut } from '../domain/recording-shortage.ts';
import type { Messages } from '../words/messages.ts';
import type { ActionButton } from './reply.ts';

/** A button for each way out of a shortage. `recordings` carries it out. */
export function wayOutButtons(
  ways: readonly WayOut[],
  { id }: Pick<Recording, 'id'>,
  { recorded }: Pick<Messages, 'recorded'>,
): ActionButton[] {
  return ways.map((way) => ({
    label: recorded.waysOut[way],
    action: { command: 'recordings', values: [way, String(id)] },
  }));
}
