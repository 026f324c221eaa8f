import { computed, signal } from '@preact/signals';
import { minute } from '../common/clock.ts';
import { Guide, guide } from '../common/guide.ts';
import { catalogue } from './catalogue.ts';
import { evenings, pastEvenings, spanFrom, stepFrom } from './timeline.ts';

/** Hours that the grid shows at once. */
export const HOURS = 6;
/** Hours of one step: half of the grid, so that the reader keeps the overview. */
export const STEP_HOURS = 3;
/** Days that the server's guide covers. */
const DAYS = 7;
const HOUR = 3_600_000;

/** The start of the grid in epoch milliseconds; null for now, where it follows the time. */
export const gridStart = signal<number | null>(null);

/** The span that the grid shows. */
export const span = computed(() => spanFrom(gridStart.value ?? minute.value, HOURS));

/** The programmes of the grid; each chosen start has a guide of its own. */
export const shownGuide = computed(() =>
  gridStart.value === null ? guide : new Guide(spanFrom(gridStart.value, HOURS)),
);

/** The evenings to jump to, in epoch milliseconds. */
export const evening = computed(() => evenings(minute.value, DAYS));

/** True once the grid has reached the end of the guide. */
export const isLast = computed(() => span.value.to >= minute.value + DAYS * 24 * HOUR);

/** Days of the past that the grid goes back. */
const daysBack = computed(() => Math.min(DAYS, catalogue.archiveDays));

/** The last evenings of which a channel may have programmes, in epoch milliseconds. */
export const pastEvening = computed(() => pastEvenings(minute.value, daysBack.value));

/** True once no channel has an earlier past. */
export const isFirst = computed(() => span.value.from <= minute.value - daysBack.value * 24 * HOUR);

/** Moves the grid earlier (-1) or later (1), and stops at now on the way. */
export function step(direction: -1 | 1): void {
  const here = spanFrom(minute.value, HOURS).from;
  gridStart.value = stepFrom(span.value.from, direction * STEP_HOURS * HOUR, here);
}
