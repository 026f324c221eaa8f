import { computed, effect, signal } from '@preact/signals';
import { isScreenGone, otherScreens, screenHere } from '../common/screens.ts';
import { info } from '../common/session.ts';
import { toast } from '../common/toasts.tsx';
import { hashOf, readHash } from './address.ts';
import { screenTexts } from './screen-texts.ts';

const views = ['channels', 'guide', 'recordings', 'history', 'links', 'access', 'server'] as const;
/** A view of the console. */
export type View = (typeof views)[number];

const forAdmins: ReadonlySet<View> = new Set<View>(['server']);

/** The views that this browser may open. */
export const openViews = computed(() =>
  views.filter((name) => info.value?.role === 'admin' || !forAdmins.has(name)),
);

const named = signal('');

/** The current view; it is in the address after `#`, so that bookmarks and "back" work. */
export const view = computed<View>(() => openViews.value.find((name) => name === named.value) ?? 'channels');

/** Makes the console about another screen, which is in the address as well. */
export function chooseScreen(screen: string): void {
  location.hash = hashOf({ view: view.peek(), screen });
  readAddress();
}

/** Opens a view for the same screen. */
export function openView(name: View): void {
  location.hash = hashOf({ view: name, screen: screenHere.peek() });
}

/** Follows the address, and leaves a screen that is gone. */
export function followAddress(): void {
  readAddress();
  addEventListener('hashchange', readAddress);
  effect(() => {
    const next = otherScreens.value[0];
    if (!isScreenGone.value || !next || info.value?.role == null) return;
    toast('bad', screenTexts.peek().gone);
    chooseScreen(next.id);
  });
}

function readAddress(): void {
  const place = readHash(location.hash);
  named.value = place.view;
  screenHere.value = place.screen;
}
