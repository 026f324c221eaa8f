import type { IncomingMessage, ServerResponse } from 'node:http';

/** The forms of address that panels know. */
export const archiveForms = ['epoch', 'dash', 'underscore', 'seconds', 'query'] as const;
export type ArchiveFormName = (typeof archiveForms)[number];

const MINUTE = 60_000;

export interface PanelArchiveOptions {
  /** One minute of television. */
  readonly minute: Buffer;
  readonly forms?: readonly ArchiveFormName[];
  /** The panel's IANA zone. */
  readonly zone?: string;
  /** Whether the answers tell their length. */
  readonly tellsLength?: boolean;
  /** Whether a minute was recorded; all of the past by default. @param at epoch milliseconds */
  readonly has?: (at: number) => boolean;
}

/** A past programme that was asked for. Times are epoch milliseconds. */
export interface AskedArchive {
  readonly form: ArchiveFormName;
  readonly channelId: number;
  readonly from: number;
  readonly minutes: number;
}

/** What a panel keeps of its channels: one recording for each minute, as panels do. */
export class PanelArchive {
  readonly options: PanelArchiveOptions;
  /** Every request that was understood, in order. */
  readonly asked: AskedArchive[] = [];
  /** Answers instead, such as the live picture. */
  instead: ((request: IncomingMessage, response: ServerResponse) => void) | null = null;

  constructor(options: PanelArchiveOptions) {
    this.options = options;
  }

  /** What an address asks for; null for one in a form that the panel does not know. @param rest the path behind the login. */
  wishIn(rest: readonly string[], query: URLSearchParams): AskedArchive | null {
    const isQuery = rest.length === 0;
    const [minutes = '', start = '', file = ''] = isQuery
      ? ['duration', 'start', 'stream'].map((name) => query.get(name) ?? '')
      : rest;
    const form = isQuery ? 'query' : formOf(start);
    const from = form === 'epoch' ? Number(start) * 1000 : this.#momentOf(start);
    const { forms = archiveForms } = this.options;
    if (!form || from === null || !forms.includes(form)) return null;
    return { form, channelId: Number.parseInt(file, 10), from, minutes: Number(minutes) };
  }

  /** Sends all minutes of the stretch that were recorded, at once; 404 if the first one was not. */
  send(wish: AskedArchive, request: IncomingMessage, response: ServerResponse): void {
    this.asked.push(wish);
    const { minute, tellsLength = true, has = (at) => at + MINUTE <= Date.now() } = this.options;
    if (this.instead) {
      this.instead(request, response);
      return;
    }
    const all = Array.from({ length: wish.minutes }, (_, index) => wish.from + index * MINUTE).filter(has);
    if (all[0] !== wish.from) {
      response.writeHead(404).end('archive does not exist');
      return;
    }
    const length = tellsLength ? { 'content-length': String(all.length * minute.length) } : {};
    response.writeHead(200, { 'content-type': 'video/mp2t', ...length });
    for (const _ of all) response.write(minute);
    response.end();
  }

  /** The moment of a local time; the earlier one of two. */
  #momentOf(text: string): number | null {
    const [date, hour, minute] = /^(\d{4}-\d\d-\d\d)[:_ ](\d\d)[-:](\d\d)/.exec(text)?.slice(1) ?? [];
    if (!date) return null;
    const wall = `${date} ${hour}:${minute}:00`;
    const utc = Date.parse(`${wall.replace(' ', 'T')}Z`);
    const { zone = 'UTC' } = this.options;
    for (let at = utc - 14 * 60 * MINUTE; at <= utc + 14 * 60 * MINUTE; at += 15 * MINUTE)
      if (new Date(at).toLocaleString('sv-SE', { timeZone: zone }) === wall) return at;
    return null;
  }
}

function formOf(start: string): ArchiveFormName | null {
  if (/^\d{9,11}$/.test(start)) return 'epoch';
  if (/^[\d-]{10}:\d\d-\d\d$/.test(start)) return 'dash';
  if (/^[\d-]{10}_\d\d-\d\d$/.test(start)) return 'underscore';
  return /^[\d-]{10}:\d\d:\d\d:\d\d$/.test(start) ? 'seconds' : null;
}
