const TIME = /^(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?\s*(?:([+-])(\d\d):?(\d\d))?/;

/**
 * A time of XMLTV as epoch milliseconds: `20261124204500 +0100`, where all after the year may be left out (xmltv.dtd).
 * Without a zone it is UTC, and so it is with one that is a name: they are ambiguous. Null for what is no time.
 */
export function xmltvTime(text: string): number | null {
  const match = TIME.exec(text.trim());
  if (!match) return null;
  const [, year, month = '01', day = '01', hour = '00', minute = '00', second = '00', sign, ...zone] = match;
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (Number.isNaN(time)) return null;
  if (sign === undefined) return time;
  const [hours, minutes] = zone.map(Number);
  const offset = ((hours ?? 0) * 60 + (minutes ?? 0)) * 60_000;
  return sign === '+' ? time - offset : time + offset;
}
