import { computed, signal } from '@preact/signals';
import { info } from '../common/session.ts';

const views = ['channels', 'guide', 'history', 'links', 'access', 'server'] as const;
/** A view of the console. */
export type View = (typeof views)[number];

const forAdmins: ReadonlySet<View> = new Set<View>(['server']);

/** The views that this browser may open. */
export const openViews = computed(() =>
  views.filter((name) => info.value?.role === 'admin' || !forAdmins.has(name)),
);

const hash = signal(location.hash);
addEventListener('hashchange', () => {
  hash.value = location.hash;
});

/** The current view; it is in the address after `#`, so that bookmarks and "back" work. */
export const view = computed<View>(
  () => openViews.value.find((name) => hash.value === `#${name}`) ?? 'channels',
);
