import type { Visitor } from '../access/visitor.ts';
import type { Language } from '../domain/actor.ts';
import { chosenChannel } from '../domain/broadcast-status.ts';
import { Coalescer } from '../lib/coalescer.ts';
import type { Screen } from '../stream/screen/screen.ts';
import type { HttpContext } from './context.ts';
import { isoTime } from './iso-time.ts';
import { readerOf } from './plugins/visitors.ts';
import { screensJson } from './routes/screens.ts';
import { statusJson } from './status-json.ts';

export type EventAudienceContext = Pick<
  HttpContext,
  | 'accounts'
  | 'catalogue'
  | 'clock'
  | 'gate'
  | 'guide'
  | 'health'
  | 'logger'
  | 'logTail'
  | 'ownAccount'
  | 'recordings'
  | 'screens'
  | 'slots'
  | 'visitors'
>;

/** A page that listens. */
export interface EventReader {
  readonly screen: Screen;
  readonly language: Language;
  /** Every time anew: what a visitor may know can change while they listen. */
  readonly visitor: () => Visitor | null;
  readonly send: (event: Buffer) => void;
  /** Ends the connection. */
  readonly end: () => void;
}

/** News of the log: the lines of one action come in one event, and a flood of lines is no flood of events. */
const LOG_PACE = { gather: 200, every: 1_000 };
/** News of recordings: a look at the list costs a look at the disk. */
const RECORDINGS_PACE = { gather: 100, every: 1_000 };
/** News of all screens, for lists of them. */
const SCREENS_PACE = { gather: 100, every: 500 };

/** Tells readers of server-sent events what happens. An event that is the same for several readers is written once. */
export class EventAudience {
  readonly #context: EventAudienceContext;
  /** With the visitor of the beginning, and the role that was told last. */
  readonly #readers = new Map<
    EventReader,
    { readonly atFirst: Visitor | null; role: Visitor['role'] | undefined }
  >();
  /** The screens of all readers, each with what ends hearing it: a removed one goes on for whoever still watches it. */
  readonly #screens = new Map<Screen, () => void>();
  #endings: (() => void)[] = [];

  constructor(context: EventAudienceContext) {
    this.#context = context;
  }

  /** Tells a reader what is so, and every change until the returned function is called. */
  join(reader: EventReader): () => void {
    if (this.#readers.size === 0) this.#listen();
    const { screen } = reader;
    if (!this.#screens.has(screen)) this.#screens.set(screen, this.#hear(screen));
    const atFirst = reader.visitor();
    this.#readers.set(reader, { atFirst, role: atFirst?.role });
    this.#tellStatus([reader]);
    this.#tellScreens([reader]);
    reader.send(this.#catalogue());
    this.#tellLog([reader]);
    return () => this.#leave(reader);
  }

  /** A session that has ended ends its page's events: the page says so, and asks anew as a stranger. */
  checkLogin(reader: EventReader): void {
    const known = this.#readers.get(reader);
    if (!known) return;
    const now = reader.visitor();
    if (known.atFirst && !now) {
      reader.send(written('logged_out', {}));
      reader.end();
    } else if (now?.role !== known.role) {
      known.role = now?.role;
      this.#tellStatus([reader]);
      this.#tellScreens([reader]);
    }
  }

  #leave(reader: EventReader): void {
    if (!this.#readers.delete(reader)) return;
    const { screen } = reader;
    if (this.#of(screen).length === 0) {
      this.#screens.get(screen)?.();
      this.#screens.delete(screen);
    }
    if (this.#readers.size > 0) return;
    for (const end of this.#endings) end();
    this.#endings = [];
  }

  #hear(screen: Screen): () => void {
    return screen.events.subscribe((event) => {
      const readers = this.#of(screen);
      if (event.type === 'reactions') tell(readers, written('reactions', event.burst));
      else this.#tellStatus(readers);
    });
  }

  #listen(): void {
    const { catalogue, guide, health, logTail, recordings, screens, visitors } = this.#context;
    const logNews = this.#news(LOG_PACE, () => this.#tellLog(this.#all));
    const screenNews = this.#news(SCREENS_PACE, () => this.#tellScreens(this.#all));
    const recordingNews = this.#news(RECORDINGS_PACE, () => this.#tellAll(written('recordings', {})));
    this.#endings = [
      screens.follow((screen) =>
        screen.events.subscribe(({ type }) => {
          if (type === 'status') screenNews.touch();
        }),
      ),
      guide.subscribe((channelId) =>
        this.#tellStatus(
          this.#all.filter(({ screen }) => channelId === chosenChannel(screen.broadcast.status)?.id),
        ),
      ),
      catalogue.onChange(() => {
        this.#tellAll(this.#catalogue());
        // The list may have been what was missing.
        this.#tellStatus(this.#all);
      }),
      health.subscribe(() => this.#tellStatus(this.#all)),
      screens.onChange(() => this.#tellScreens(this.#all)),
      recordings.onChange(() => recordingNews.touch()),
      visitors.onChange(() => {
        for (const reader of this.#all) this.checkLogin(reader);
      }),
      logTail.subscribe(() => logNews.touch()),
      ...[screenNews, recordingNews, logNews].map((news) => () => news.stop()),
    ];
  }

  get #all(): readonly EventReader[] {
    return [...this.#readers.keys()];
  }

  #of(screen: Screen): readonly EventReader[] {
    return this.#all.filter((reader) => reader.screen === screen);
  }

  #news(pace: { readonly gather: number; readonly every: number }, tellThem: () => void): Coalescer {
    const { clock, logger } = this.#context;
    const news = new Coalescer({
      ...{ ...pace, clock, logger },
      job: async () => {
        news.didJob();
        tellThem();
      },
    });
    return news;
  }

  #tellStatus(readers: readonly EventReader[]): void {
    const { gate } = this.#context;
    const made = new Map<Screen, Map<string, Buffer>>();
    for (const reader of readers) {
      const { screen, language } = reader;
      const as = readerOf(reader.visitor(), gate);
      const ofScreen = made.get(screen) ?? new Map<string, Buffer>();
      made.set(screen, ofScreen);
      const key = `${language} ${as}`;
      const event = ofScreen.get(key) ?? written('status', statusJson(this.#context, screen, language, as));
      ofScreen.set(key, event);
      reader.send(event);
    }
  }

  #tellScreens(readers: readonly EventReader[]): void {
    const made = new Map<string | null, Buffer>();
    for (const reader of readers) {
      const role = reader.visitor()?.role ?? null;
      const event = made.get(role) ?? written('screens', screensJson(this.#context, role));
      made.set(role, event);
      reader.send(event);
    }
  }

  #tellLog(readers: readonly EventReader[]): void {
    tell(
      readers.filter((reader) => reader.visitor()?.role === 'admin'),
      written('log', { last: this.#context.logTail.lastId }),
    );
  }

  #tellAll(event: Buffer): void {
    tell(this.#all, event);
  }

  #catalogue(): Buffer {
    const { channels, refreshedAt } = this.#context.catalogue.snapshot();
    return written('catalogue', {
      channels: channels.length,
      refreshed_at: refreshedAt && isoTime(refreshedAt),
    });
  }
}

function tell(readers: readonly EventReader[], event: Buffer): void {
  for (const reader of readers) reader.send(event);
}

function written(event: string, data: unknown): Buffer {
  return Buffer.from(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}
