import { signal } from '@preact/signals';
import type { ChannelId } from '../common/contract/channels.ts';
import { otherScreens } from '../common/screens.ts';

/** A channel that is being dragged to a screen. */
export interface Dragged {
  readonly id: ChannelId;
  readonly name: string;
  /** The screen that it is on; absent for a row of a list. */
  readonly from?: string;
}

/** The channel that is being dragged; null if none is. */
export const dragged = signal<Dragged | null>(null);

/** Lets an element be dragged to a screen, where there is more than one. @param channel null if there is nothing to drag */
export function dragProps(channel: Dragged | null) {
  if (channel === null || otherScreens.value.length === 0) return {};
  return {
    draggable: true,
    onDragStart: ({ dataTransfer }: DragEvent) => {
      dataTransfer?.setData('text/plain', channel.name);
      dragged.value = channel;
    },
    onDragEnd: () => {
      dragged.value = null;
    },
  };
}
