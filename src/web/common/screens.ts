import { computed, signal } from '@preact/signals';
import { liveScreen } from '../../domain/ids.ts';
import type { Screen } from './contract/screens.ts';

/** The id of the screen that the page is about. */
export const screenHere = signal<string>(liveScreen);

/** The screens that this browser may watch, with what is on each; null until the server has sent them. */
export const screens = signal<readonly Screen[] | null>(null);

/** The screens that this browser may watch besides the page's own. */
export const otherScreens = computed(() => (screens.value ?? []).filter(({ id }) => id !== screenHere.value));

/** The page's screen; null while it is unknown or gone. */
export const here = computed(() => screens.value?.find(({ id }) => id === screenHere.value) ?? null);

/** True if the page's screen was removed, or is closed to this browser. */
export const isScreenGone = computed(() => screens.value !== null && here.value === null);

/** The name of the page's screen where there is more than one; else null. */
export const screenName = computed(() => nameOfScreen(screenHere.value));

/** The name of a screen where there is more than one; else null. */
export function nameOfScreen(screen: string): string | null {
  const all = screens.value ?? [];
  return all.length > 1 ? (all.find(({ id }) => id === screen)?.name ?? null) : null;
}

/** How a request names a screen, in its query or its body; the default screen has no name there. */
export function naming(screen = screenHere.peek()): { readonly screen?: string } {
  return screen === liveScreen ? {} : { screen };
}

/** A path with the screen in its query. */
export function about(path: string, screen = screenHere.peek()): string {
  const query = new URLSearchParams(naming(screen)).toString();
  return query === '' ? path : `${path}?${query}`;
}
