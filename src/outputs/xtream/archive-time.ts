/** The forms in which apps write the start of a past programme, in the time zone that we name: UTC. */
const WALL = /^(\d{4})-(\d\d)-(\d\d)[:_ T-](\d\d)[:-](\d\d)(?:[:-](\d\d))?$/;
const EPOCH = /^\d{9,11}$/;
/** Minutes. */
const LONGEST = 24 * 60;

/** The start as epoch milliseconds; null for a text that is none. */
export function parseArchiveStart(text: string): number | null {
  if (EPOCH.test(text)) return Number(text) * 1000;
  const [, year, month, day, hour, minute, second = '00'] = WALL.exec(text) ?? [];
  if (year === undefined) return null;
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
  const at = Date.parse(iso);
  // Date.parse takes the 31st of June for the 1st of July.
  return !Number.isNaN(at) && new Date(at).toISOString() === iso ? at : null;
}

/** A whole number of minutes, at most a day; null for anything else. */
export function parseArchiveMinutes(text: string): number | null {
  const minutes = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  return minutes === 0 ? null : Math.min(minutes, LONGEST);
}
