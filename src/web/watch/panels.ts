import { signal } from '@preact/signals';
import { operator } from './operator.ts';

/** What can lie over the picture; one at a time, but for the figures, which are there to be watched. */
export type Panel = 'remote' | 'menu' | 'share' | 'help';

export const panel = signal<Panel | null>(null);

/** Whether the figures of the picture are shown. */
export const statsOpen = signal(false);

export function togglePanel(name: Panel): void {
  if (name === 'remote' && !operator.value) return;
  panel.value = panel.value === name ? null : name;
}

export function closePanel(): void {
  panel.value = null;
}

export function toggleStats(): void {
  statsOpen.value = !statsOpen.value;
}
