import { computed, signal } from '@preact/signals';
import { otherScreens } from '../common/screens.ts';
import { canRewind } from './rewind.ts';
import { mayChooseChannels, mayClip } from './rights.ts';

/** The panels over the picture, of which one is open at a time. The statistics are separate, since they stay open. */
export type Panel = 'remote' | 'menu' | 'share' | 'clip' | 'screens' | 'help';

/** The open panel; null if none is. */
export const panel = signal<Panel | null>(null);

/** True if the viewer may make a clip, and something is kept of the screen. */
export const canClip = computed(() => mayClip.value && canRewind.value);

/** True while the statistics of the stream are shown. */
export const statsOpen = signal(false);

/**
 * Opens a panel in place of the open one, or closes it. Only operators can open the remote; the screens open where there are
 * others, and a clip where something is kept and the viewer may make one.
 */
export function togglePanel(name: Panel): void {
  if (name === 'remote' && !mayChooseChannels.value) return;
  if (name === 'clip' && !canClip.value) return;
  if (name === 'screens' && otherScreens.value.length === 0) return;
  panel.value = panel.value === name ? null : name;
}

/** Closes the named panel, or whichever is open. A dialog tells that it has closed a moment later, when another may be open. */
export function closePanel(name = panel.peek()): void {
  if (panel.peek() === name) panel.value = null;
}

export function toggleStats(): void {
  statsOpen.value = !statsOpen.value;
}
