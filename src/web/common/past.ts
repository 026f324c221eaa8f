import { computed } from '@preact/signals';
import { status } from './events.ts';
import { clockTime, dayName, duration } from './format.ts';
import { language, locale, texts } from './language.ts';

const DAY = 24 * 3_600_000;
/** Milliseconds; further back, the time of then says more than how long ago it was. */
const LONGEST_BEHIND = DAY / 2;

/** Milliseconds by which the picture is behind live; 0 while it is live. */
export const behind = computed(() => (status.value?.past?.behind ?? 0) * 1_000);

/** When the programme on air was shown, or how far behind live it is; null while the channel is live. */
export const pastNote = computed(() => {
  const past = status.value?.past;
  if (!past) return null;
  const t = texts.value;
  if (past.recording === null && behind.value <= LONGEST_BEHIND)
    return t.behindLive(duration(behind.value, t.units));
  return t.shownOn(
    dayName(Date.parse(past.start), language.value, 'long'),
    clockTime(past.start, locale.value),
  );
});

/** That the picture stands still for everybody, and who stopped it; null while it plays. */
export const pauseNote = computed(() => {
  const paused = status.value?.past?.paused;
  if (!paused) return null;
  const t = texts.value;
  return paused.by === null ? t.states.paused : t.pausedBy(paused.by);
});

/** Whether a channel's past goes back to a time. @param start ISO 8601. @param now epoch milliseconds */
export function isKept(archiveDays: number, start: string, now: number): boolean {
  const age = now - Date.parse(start);
  return age >= 0 && age < archiveDays * DAY;
}
