import { effect, signal } from '@preact/signals';
import { screens } from '../common/screens.ts';
import { recallVolume, rememberVolume } from '../watch/volume.ts';

/** The id of the screen that is heard; null while all are muted. */
export const heard = signal<string | null>(null);

/** Hears a screen instead of the one so far, or none if it is heard already. */
export function chooseSound(screen: string): void {
  heard.value = heard.peek() === screen ? null : screen;
  rememberVolume({ volume: recallVolume().volume, sound: heard.peek() !== null });
}

/** Hears the first screen, once it is known, if the viewer heard the last picture. */
export function recallSound(): void {
  if (recallVolume().sound !== true) return;
  const stop = effect(() => {
    const [first] = screens.value ?? [];
    if (!first) return;
    heard.value ??= first.id;
    queueMicrotask(() => stop());
  });
}
