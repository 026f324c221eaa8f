import { clockOffset } from './mapper.ts';
import type { LoginAnswer } from './schema.ts';

/** Milliseconds by which a panel's local time is ahead of UTC at a moment in epoch milliseconds. */
export type ZoneOffset = (at: number) => number;

/** The offset of UTC. */
export const utc: ZoneOffset = () => 0;

const HOUR = 3_600_000;

/**
 * The time zone of a panel. The zone that it names counts unless the panel's own clock contradicts it, since panels name
 * zones that they do not use; its clock alone tells nothing of summer time.
 */
export function panelZone(answer: Pick<LoginAnswer, 'server_info'>): ZoneOffset {
  const { timezone, timestamp_now: now, time_now: wall } = answer.server_info;
  const offset = clockOffset(answer);
  const named = timezone === null ? null : namedZone(timezone);
  const hasClock = now !== null && wall !== null;
  if (named && (!hasClock || named(now * 1000) === offset)) return named;
  return () => offset;
}

/** Whether the wall time at this moment comes twice, as in the night in which summer time ends. */
export function comesTwice(zone: ZoneOffset, at: number): boolean {
  const offset = zone(at);
  return [at - 3 * HOUR, at + 3 * HOUR].some((near) => {
    const other = zone(near);
    return other !== offset && zone(at + offset - other) === other;
  });
}

/** The offsets of an IANA zone; null for a name that is none. */
function namedZone(timeZone: string): ZoneOffset | null {
  try {
    const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
    return (at) => {
      const { value = '' } = format.formatToParts(at).find(({ type }) => type === 'timeZoneName') ?? {};
      const [, sign, hours = '0', minutes = '0'] = /([+-])(\d\d):(\d\d)/.exec(value) ?? [];
      return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
    };
  } catch {
    return null;
  }
}
