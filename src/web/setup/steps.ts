import { computed, signal } from '@preact/signals';

/** A part of the page: a step of the first set-up, or the table of all settings. */
export type Step = 'channels' | 'watch' | 'discord' | 'telegram' | 'done' | 'settings';

/** The steps of the first set-up, in their order. */
export const steps: readonly Step[] = ['channels', 'watch', 'discord', 'telegram', 'done'];

const hash = signal(location.hash);
addEventListener('hashchange', () => {
  hash.value = location.hash;
});

const known: readonly Step[] = [...steps, 'settings'];

/** The current step; it is in the address after `#`, so that links to a step and "back" work. */
export const step = computed<Step>(() => known.find((name) => hash.value === `#${name}`) ?? 'channels');

/** The steps before and after the current one; null where there is none. */
export const neighbours = computed<{ readonly before: Step | null; readonly after: Step | null }>(() => {
  const place = steps.indexOf(step.value);
  if (place < 0) return { before: null, after: null };
  return { before: steps[place - 1] ?? null, after: steps[place + 1] ?? null };
});
