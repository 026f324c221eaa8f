import { minute } from '../common/clock.ts';
import { relativeTime } from '../common/format.ts';
import { language } from '../common/language.ts';

/** A time relative to now, in words; components that call it follow the time. */
export function fromNow(iso: string): string {
  return relativeTime(iso, minute.value, language.value);
}
