/** When to record, as somebody has typed it. Times are minutes since midnight, on this machine's clock. */
export type RecordTime =
  | { readonly kind: 'range'; readonly from: number; readonly to: number }
  | { readonly kind: 'until'; readonly to: number }
  /** For so many minutes from now. */
  | { readonly kind: 'for'; readonly minutes: number }
  | { readonly kind: 'tonight' };

const CLOCK = String.raw`(\d{1,2})\s?(?:[h:.]\s?(\d{2})?|(?=[ap]m))\s?(am|pm)?`;
const between = new RegExp(
  String.raw`(?:^|\s)(?:from |de )?${CLOCK}\s*(?:-|–|to|until|à|jusqu['’]à)\s*${CLOCK}$`,
  'iu',
);
const until = new RegExp(String.raw`(?:^|\s)(?:until|till|jusqu['’]à|-)\s*${CLOCK}$`, 'iu');
const bare = new RegExp(`^${CLOCK}$`, 'iu');
const lasting = /(?:^|\s)(?:for|pendant)\s+(\d{1,3})\s*(h|hours?|heures?|m|min|minutes?)$/iu;
const tonight = /(?:^|\s)(?:tonight|this evening|ce soir)$/iu;

const MINUTE = 60_000;
const DAY = 24 * 60;

/** The text without the time at its end, and that time; null where it names none. */
export function splitRecordTime(typed: string): { readonly text: string; readonly time: RecordTime | null } {
  const text = typed.normalize('NFC').trim();
  for (const [pattern, read] of patterns) {
    const found = pattern.exec(text);
    const time = found && read(found);
    if (time) return { text: text.slice(0, found.index).trim(), time };
  }
  return { text, time: null };
}

/** A time alone, such as of an option: "23:00" is an end. Null for what is none. */
export function readRecordTime(typed: string): RecordTime | null {
  const { text, time } = splitRecordTime(typed);
  if (time) return text === '' ? time : null;
  const [, hour, minute, half] = bare.exec(text) ?? [];
  const to = minutesOf(hour, minute, half);
  return to === null ? null : { kind: 'until', to };
}

/** A time in a button, which has no colons. */
export function wordOfRecordTime(time: RecordTime): string {
  switch (time.kind) {
    case 'range':
      return `${clockOf(time.from)}-${clockOf(time.to)}`;
    case 'until':
      return clockOf(time.to);
    case 'for':
      return `for ${time.minutes} min`;
    case 'tonight':
      return 'tonight';
  }
}

/** The next moment at which this machine's clock shows a time, in epoch milliseconds. */
export function nextAt(minutes: number, after: number): number {
  const day = new Date(after);
  for (let days = 0; ; days++) {
    const at = new Date(
      ...([day.getFullYear(), day.getMonth(), day.getDate() + days, 0, minutes] as const),
    ).getTime();
    if (at > after) return at;
  }
}

/** The next stretch of time from one clock time to another that is not over, in epoch milliseconds. */
export function nextRange(from: number, to: number, now: number): { start: number; stop: number } {
  const stop = nextAt(to, now);
  const length = ((to - from + DAY) % DAY || DAY) * MINUTE;
  return { start: stop - length, stop };
}

const patterns: readonly (readonly [RegExp, (found: RegExpExecArray) => RecordTime | null])[] = [
  [
    between,
    ([, hour, minute, half, hour2, minute2, half2]) => {
      const [from, to] = [minutesOf(hour, minute, half), minutesOf(hour2, minute2, half2)];
      return from === null || to === null || from === to ? null : { kind: 'range', from, to };
    },
  ],
  [
    until,
    ([, hour, minute, half]) => {
      const to = minutesOf(hour, minute, half);
      return to === null ? null : { kind: 'until', to };
    },
  ],
  [
    lasting,
    ([, count = '', unit = '']) => {
      const minutes = Number(count) * (unit.toLowerCase().startsWith('h') ? 60 : 1);
      return minutes === 0 ? null : { kind: 'for', minutes };
    },
  ],
  [tonight, () => ({ kind: 'tonight' })],
];

/** Minutes since midnight; null for what no clock shows. */
function minutesOf(hour: string | undefined, minute = '0', half?: string): number | null {
  const given = Number(hour);
  const hours = half ? (given % 12) + (half.toLowerCase() === 'pm' ? 12 : 0) : given % 24;
  const isClock = hour !== undefined && given <= (half ? 12 : 24) && Number(minute) < 60;
  return isClock ? hours * 60 + Number(minute) : null;
}

function clockOf(minutes: number): string {
  return `${Math.floor(minutes / 60)}h${String(minutes % 60).padStart(2, '0')}`;
}
