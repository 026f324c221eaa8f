const MINUTE = 60_000;

/** A time as `<input type="datetime-local">` has it, in the reader's zone: `2026-11-29T20:50`. @param time epoch milliseconds */
export function toField(time: number): string {
  const at = new Date(time);
  const two = (part: number) => String(part).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** What such a field says, in epoch milliseconds; null for an empty one. */
export function fromField(text: string): number | null {
  const time = new Date(text).getTime();
  return Number.isNaN(time) ? null : time;
}

/** A time as the server wants it. @param known the time that the field had at first, whose seconds stay unless it is changed */
export function toServer(text: string, known?: string): string | undefined {
  const time = fromField(text);
  if (time === null) return undefined;
  if (known !== undefined && toField(Date.parse(known)) === text) return known;
  return new Date(time).toISOString();
}

/** The last full minute. */
export function fullMinute(time: number): number {
  return Math.floor(time / MINUTE) * MINUTE;
}
