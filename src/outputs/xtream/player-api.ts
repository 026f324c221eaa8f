import type { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { LineUpEntry } from '../line-up.ts';
import { logoAddress } from './addresses.ts';
import { categoryAnswer, listingAnswer, loginAnswer, streamAnswer } from './answers.ts';
import { categoryIds } from './category-ids.ts';
import { inPieces, jsonArray } from './in-pieces.ts';
import type { LoggedIn, XtreamServerOptions } from './options.ts';
import type { XtreamParams } from './params.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** How far the guide of one channel goes. */
const AHEAD = 7 * DAY;
const BACK = 4 * HOUR;
/** Entries of get_short_epg, unless the app says how many. */
const SHORT_LENGTH = 4;
const LONGEST_SHORT = 100;
/** Calls for what we have none of. */
const FILMS_AND_SERIES = /^get_(?:vod|series)/;

type PlayerApiOptions = Pick<
  XtreamServerOptions,
  'lineUp' | 'clients' | 'baseUrl' | 'clock' | 'connections' | 'programmes'
>;

/** What player_api.php and panel_api.php answer to a client that has logged in. */
export class PlayerApi {
  readonly #options: PlayerApiOptions;

  constructor(options: PlayerApiOptions) {
    this.#options = options;
  }

  /** Answers a call of player_api.php: as panels do, with the log-in for a call that it does not know. */
  async answer(
    request: FastifyRequest,
    reply: FastifyReply,
    login: LoggedIn,
    params: XtreamParams,
  ): Promise<FastifyReply> {
    const action = params('action');
    if (action.startsWith('get_live_')) await this.#options.lineUp.settled();
    switch (action) {
      case 'get_live_categories':
        return reply.send([...this.#categories()].map(([name, id]) => categoryAnswer(name, id)));
      case 'get_live_streams':
        return sendJson(reply, this.#streams(request, login, params('category_id')));
      case 'get_short_epg':
        return reply.send({ epg_listings: await this.#shortGuide(params) });
      case 'get_simple_data_table':
        return reply.send({ epg_listings: await this.#wholeGuide(params) });
      default:
        return reply.send(FILMS_AND_SERIES.test(action) ? [] : this.#login(request, login));
    }
  }

  /** Answers panel_api.php, the older call that answers everything at once. */
  async panel(request: FastifyRequest, reply: FastifyReply, login: LoggedIn): Promise<FastifyReply> {
    await this.#options.lineUp.settled();
    const categories = this.#categories();
    const head = JSON.stringify({
      ...this.#login(request, login),
      categories: {
        movie: [],
        live: [...categories].map(([name, id]) => categoryAnswer(name, id)),
        series: [],
      },
    });
    const toJson = this.#streamAnswers(request, login, categories);
    const toText = (entry: LineUpEntry, index: number) => {
      const channel = JSON.stringify({ ...toJson(entry), category_name: entry.group });
      return `${index > 0 ? ',' : ''}"${entry.number}":${channel}`;
    };
    const before = `${head.slice(0, -1)},"available_channels":{`;
    return sendJson(reply, inPieces({ items: this.#options.lineUp.entries(), toText, before, after: '}}' }));
  }

  #login(request: FastifyRequest, login: LoggedIn) {
    const { baseUrl, clients, clock, connections } = this.#options;
    const { client, username, password } = login;
    const open = clients.list().find(({ id }) => id === client.id)?.playing.length ?? 0;
    return loginAnswer({
      ...{ username, password, createdAt: client.createdAt, now: clock.now() },
      ...{ open, most: connections(), base: baseUrl(request) },
    });
  }

  #categories(): ReadonlyMap<string, number> {
    return categoryIds(this.#options.lineUp.entries().map(({ group }) => group));
  }

  /** @param category an id; empty or `0` for all. */
  #streams(request: FastifyRequest, login: LoggedIn, category: string): Readable {
    const categories = this.#categories();
    const isAsked = ({ group }: LineUpEntry) => String(categories.get(group)) === category;
    const all = this.#options.lineUp.entries();
    const items = /^0?$|^\*$/.test(category) ? all : all.filter(isAsked);
    return jsonArray(items, this.#streamAnswers(request, login, categories));
  }

  #streamAnswers(
    request: FastifyRequest,
    login: LoggedIn,
    categories: ReadonlyMap<string, number>,
  ): (entry: LineUpEntry) => object {
    const base = this.#options.baseUrl(request);
    return (entry) =>
      streamAnswer(entry, {
        logo: logoAddress(base, login, entry),
        category: categories.get(entry.group) ?? 0,
        archiveDays: archiveDays(entry),
        added: login.client.createdAt,
      });
  }

  /** The running programme and the next ones. */
  async #shortGuide(params: XtreamParams): Promise<object[]> {
    const now = this.#options.clock.now();
    const limit = Number(params('limit'));
    const length = Number.isInteger(limit) && limit > 0 ? Math.min(limit, LONGEST_SHORT) : SHORT_LENGTH;
    return (await this.#listings(params, now, now + AHEAD)).slice(0, length);
  }

  /** Everything that is known of a channel, the past as far as it is kept. */
  async #wholeGuide(params: XtreamParams): Promise<object[]> {
    const now = this.#options.clock.now();
    const entry = this.#entry(params);
    const back = entry ? archiveDays(entry) * DAY : 0;
    return this.#listings(params, now - Math.max(BACK, back), now + AHEAD);
  }

  async #listings(params: XtreamParams, from: number, to: number): Promise<object[]> {
    const entry = this.#entry(params);
    if (!entry) return [];
    const programmes = await this.#options.programmes(entry, from, to);
    const facts = { now: this.#options.clock.now(), archiveDays: archiveDays(entry) };
    return programmes
      .filter(({ start, stop }) => stop > from && start < to && stop > start)
      .map((programme) => listingAnswer(programme, entry, facts));
  }

  #entry(params: XtreamParams): LineUpEntry | null {
    const number = params('stream_id');
    return /^\d{1,15}$/.test(number) ? this.#options.lineUp.byNumber(Number(number)) : null;
  }
}

function archiveDays({ archive }: LineUpEntry): number {
  return archive?.days ?? 0;
}

function sendJson(reply: FastifyReply, text: Readable): FastifyReply {
  return reply.type('application/json; charset=utf-8').send(text);
}
