import type { Span } from '../domain/span.ts';

type Attributes = ReadonlyMap<string, string>;

/** Longer archives are mistakes of the list. */
const MOST_DAYS = 31;
const SHIFT = 'utc={utc}&lutc={lutc}';
/** A channel of a panel: origin and folder, user name, password and number. */
const PANEL = /^(https?:\/\/[^/]+(?:\/[^/?]+)*?)\/(?:live\/)?([^/?]+)\/([^/?]+)\/(\d+)(?:\.\w+)?$/i;
/** A channel of Flussonic: its folder, and the query. */
const FLUSSONIC = /^(https?:\/\/[^?]+)\/(?:mpegts|[\w-]+\.(?:m3u8|ts))(\?.*)?$/i;
const DAY_ATTRIBUTES = ['catchup-days', 'tvg-rec', 'timeshift', 'catchup-time'];

/** For how many days an entry keeps an archive; one if it has one and does not tell; 0 if it has none. */
export function archiveDaysOf(entry: Attributes, header: Attributes): number {
  const kind = kindOf(entry, header);
  for (const name of DAY_ATTRIBUTES) {
    const days = Number(attributeOf(name, entry, header).match(/^\d{1,6}$/)?.[0] ?? 0);
    if (days > 0) return kind === 'none' ? 0 : Math.min(days, MOST_DAYS);
  }
  return kind === 'none' || kind === '' ? 0 : 1;
}

/**
 * The addresses of an entry's archive, the likeliest first, with the specifiers that fillTemplate replaces; none if its kind
 * is unknown.
 * @param url the entry's absolute address.
 */
export function archiveTemplates(url: string, entry: Attributes, header: Attributes): readonly string[] {
  const source = attributeOf('catchup-source', entry, header);
  switch (kindOf(entry, header)) {
    case 'default':
    case '':
      if (source !== '') return [/^[?&]/.test(source) ? appended(url, source) : source];
      // Players take a number of days alone for the plainest kind.
      return kindOf(entry, header) === '' ? [appended(url, SHIFT)] : [];
    case 'append':
      return source === '' ? [] : [appended(url, source)];
    case 'shift':
    case 'timeshift':
      return [appended(url, SHIFT)];
    case 'flussonic':
    case 'flussonic-ts':
    case 'flussonic-hls':
    case 'fs':
      return flussonicTemplates(url);
    case 'xc':
      return panelTemplates(url);
    default:
      return [];
  }
}

/** Replaces the specifiers of a template, `{utc}` or `${start}`, as Kodi and TiviMate do. Dates are in this machine's time zone. */
export function fillTemplate(template: string, { from, to }: Span, now: number): string {
  const [start, end, present] = [from, to, now].map((time) => Math.floor(time / 1000)) as [
    number,
    number,
    number,
  ];
  const seconds = new Map([
    ['utc', start],
    ['start', start],
    ['utcend', end],
    ['end', end],
    ['lutc', present],
    ['now', present],
    ['timestamp', present],
    ['duration', end - start],
    ['offset', present - start],
  ]);
  return template.replace(
    /\$?\{(\w+)(?::([^{}]+))?\}/g,
    (whole, name: string, format: string | undefined) => {
      if (/^[YmdHMS]$/.test(name)) return part(start, name);
      const value = seconds.get(name);
      if (value === undefined) return whole;
      if (format === undefined) return String(value);
      if (/^\d+$/.test(format)) return String(Math.ceil(value / Math.max(1, Number(format))));
      return format.replace(/[YmdHMS]/g, (letter) => part(value, letter));
    },
  );
}

function kindOf(entry: Attributes, header: Attributes): string {
  const kind = (
    attributeOf('catchup', entry, header) || attributeOf('catchup-type', entry, header)
  ).toLowerCase();
  return /^(?:0|false|none|disabled)$/.test(kind) ? 'none' : kind;
}

function attributeOf(name: string, entry: Attributes, header: Attributes): string {
  return entry.get(name) || header.get(name) || '';
}

function appended(url: string, query: string): string {
  if (!/^[?&]?[\w-]+=/.test(query)) return `${url}${query}`;
  return `${url}${url.includes('?') ? '&' : '?'}${query.replace(/^[?&]/, '')}`;
}

function flussonicTemplates(url: string): string[] {
  const [, folder, query = ''] = FLUSSONIC.exec(url) ?? [];
  if (folder === undefined) return [];
  return ['archive-{utc}-{duration}.ts', 'timeshift_abs-{utc}.ts'].map((name) => `${folder}/${name}${query}`);
}

/** @see xtream/archive-forms.ts */
function panelTemplates(url: string): string[] {
  const [, panel, username, password, id] = PANEL.exec(url) ?? [];
  if (panel === undefined) return [];
  return ['{utc}', '{Y}-{m}-{d}:{H}-{M}'].map(
    (start) => `${panel}/timeshift/${username}/${password}/{duration:60}/${start}/${id}.ts`,
  );
}

/** A part of a date by its letter. @param time seconds since 1970. */
function part(time: number, letter: string): string {
  const date = new Date(time * 1000);
  const values: Readonly<Record<string, number>> = {
    Y: date.getFullYear(),
    m: date.getMonth() + 1,
    d: date.getDate(),
    H: date.getHours(),
    M: date.getMinutes(),
    S: date.getSeconds(),
  };
  return String(values[letter] ?? '').padStart(2, '0');
}
