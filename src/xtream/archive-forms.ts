import type { Span } from '../domain/span.ts';
import { reordered } from '../lib/reordered.ts';
import { panelAddress, type XtreamAccount } from './address.ts';
import { comesTwice, type ZoneOffset } from './panel-zone.ts';

const MINUTE = 60_000;

/** A start in the panel's local time. */
interface WallTime {
  readonly date: string;
  readonly hour: string;
  readonly minute: string;
}

/** A way to write the address of a past programme, of which each panel knows some. */
interface ArchiveForm {
  readonly place: 'path' | 'query';
  readonly start: (wall: WallTime, epochSeconds: number) => string;
}

/** Numbers of `forms`, in the order in which to try them. */
export type FormOrder = readonly number[];

const withDash = ({ date, hour, minute }: WallTime) => `${date}:${hour}-${minute}`;
const withUnderscore = ({ date, hour, minute }: WallTime) => `${date}_${hour}-${minute}`;
const withSeconds = ({ date, hour, minute }: WallTime) => `${date}:${hour}:${minute}:00`;
const asInSql = ({ date, hour, minute }: WallTime) => `${date} ${hour}:${minute}:00`;

/** The one without a time zone first, and those of the query last, to which some panels answer with the live picture. */
const forms: readonly ArchiveForm[] = [
  { place: 'path', start: (_, epochSeconds) => String(epochSeconds) },
  { place: 'path', start: withDash },
  { place: 'path', start: withUnderscore },
  { place: 'path', start: withSeconds },
  { place: 'query', start: withUnderscore },
  { place: 'query', start: asInSql },
  { place: 'query', start: withDash },
  { place: 'query', start: withSeconds },
];
const EPOCH_FORM = 0;

/** The order for a panel of which nothing is known. */
export const firstOrder: FormOrder = [...forms.keys()];

/** The order for one moment: the form without a time zone comes first where the wall time is ambiguous. */
export function orderAt(order: FormOrder, zone: ZoneOffset, at: number): FormOrder {
  return comesTwice(zone, at) ? reordered(order, EPOCH_FORM, 'first') : order;
}

/** The address of a stretch of a channel's past. @param streamId the panel's own id. @param span widened to whole minutes. */
export function archiveUrl(
  account: XtreamAccount,
  form: number,
  { streamId, span, zone }: { readonly streamId: string; readonly span: Span; readonly zone: ZoneOffset },
): string {
  const { origin, base } = panelAddress(account.baseUrl);
  const [username, password, stream] = [account.username, account.password, streamId].map(encodeURIComponent);
  const at = Math.floor(span.from / MINUTE) * MINUTE;
  const minutes = Math.ceil((span.to - at) / MINUTE);
  const { place, start } = forms[form] as ArchiveForm;
  const when = start(wallTime(at + zone(at)), at / 1000);
  return place === 'path'
    ? `${origin}${base}/timeshift/${username}/${password}/${minutes}/${when}/${stream}.ts`
    : `${origin}${base}/streaming/timeshift.php?username=${username}&password=${password}&stream=${stream}&start=${encodeURIComponent(when)}&duration=${minutes}`;
}

function wallTime(local: number): WallTime {
  const text = new Date(local).toISOString();
  return { date: text.slice(0, 10), hour: text.slice(11, 13), minute: text.slice(14, 16) };
}
