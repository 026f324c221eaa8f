import { minute } from '../common/clock.ts';
import { relativeTime } from '../common/format.ts';
import { language } from '../common/language.ts';

/** How far from now something is, in words that move with time. */
export function fromNow(iso: string): string {
  return relativeTime(iso, minute.value, language.value);
}
