import { computed, signal } from '@preact/signals';
import { minute } from '../common/clock.ts';
import { Guide, guide } from '../common/guide.ts';
import { evenings, spanFrom } from './timeline.ts';

/** What the grid shows at once. */
export const HOURS = 6;
/** Half of that, so that nobody is lost. */
export const STEP_HOURS = 3;
/** As far as the server's guide reaches. */
const DAYS = 7;
const HOUR = 3_600_000;

/** From when on the grid shows the guide, epoch milliseconds; null: from now on, and it moves with time. */
export const moment = signal<number | null>(null);

export const span = computed(() => spanFrom(moment.value ?? minute.value, HOURS));

/** What is on then: each moment has its own. */
export const shownGuide = computed(() =>
  moment.value === null ? guide : new Guide(spanFrom(moment.value, HOURS)),
);

/** Moments to jump to. */
export const evening = computed(() => evenings(minute.value, DAYS));

export const isLast = computed(() => span.value.to >= minute.value + DAYS * 24 * HOUR);

/** Earlier (-1) or later (1). What is over is over: now is where it begins. */
export function step(direction: -1 | 1): void {
  const to = span.value.from + direction * STEP_HOURS * HOUR;
  moment.value = to > minute.value ? to : null;
}
