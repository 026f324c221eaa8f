import { computed, signal } from '@preact/signals';
import { info } from './session.ts';

const views = ['channels', 'guide', 'history', 'links', 'access', 'server'] as const;
export type View = (typeof views)[number];

const forAdmins: ReadonlySet<View> = new Set<View>(['server']);

/** The parts of the console that this browser may open. */
export const openViews = computed(() =>
  views.filter((name) => info.value?.role === 'admin' || !forAdmins.has(name)),
);

const hash = signal(location.hash);
addEventListener('hashchange', () => {
  hash.value = location.hash;
});

/** Which one is shown; the address bar's `#` holds it, so that it can be kept and gone back to. */
export const view = computed<View>(
  () => openViews.value.find((name) => hash.value === `#${name}`) ?? 'channels',
);
