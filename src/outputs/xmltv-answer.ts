import { createHash } from 'node:crypto';
import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { pipeline, type Writable } from 'node:stream';
import { constants, createGzip } from 'node:zlib';
import { negotiate } from '@fastify/accept-negotiator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import fresh from 'fresh';
import { LRUCache } from 'lru-cache';
import type { Guide } from '../catalogue/guide/guide.ts';
import type { Language } from '../domain/actor.ts';
import type { Programme } from '../domain/channel.ts';
import type { ScreenId } from '../domain/ids.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import { guideTitlesIn } from '../words/guide-titles.ts';
import type { BaseUrl } from './player-request.ts';
import { type ShownChannels, screenProgrammes } from './screen-programmes.ts';
import { Turns } from './turns.ts';
import { type GuideEntry, writeXmltv, type XmltvBodyOptions } from './xmltv-body.ts';

export interface XmltvAnswerOptions {
  readonly guide: Pick<Guide, 'atHand' | 'isAtHand' | 'upcoming' | 'changedAt'>;
  readonly history: ShownChannels;
  readonly baseUrl: BaseUrl;
  readonly language: () => Language;
  readonly clock: Clock;
  readonly logger: Pick<Logger, 'error'>;
}

/** What one asker gets. */
export interface WantedGuide {
  /** The same array for as long as nothing in it has changed. */
  readonly entries: readonly GuideEntry[];
  /** What stands between our origin and a path: `/t/<token>`, or nothing. */
  readonly prefix: string;
  /** Whether the address ends in `.gz`, by which Jellyfin knows that it has to unpack the file. */
  readonly isFile: boolean;
}

const HOUR = 3_600_000;
const PAST = 4 * HOUR;
const FUTURE = 7 * 24 * HOUR;
/** Versions whose first moment is known; each client has its own. */
const VERSIONS_KEPT = 200;

/** Answers with the guide as XMLTV, straight from the guide's file, as fast as the asker reads. It is never empty. */
export class XmltvAnswer {
  readonly #options: XmltvAnswerOptions;
  readonly #turns = new Turns();
  /** When a version was asked for first, in epoch milliseconds. */
  readonly #firstSeen = new LRUCache<string, number>({ max: VERSIONS_KEPT });
  readonly #lineUps = new WeakMap<readonly GuideEntry[], number>();
  #lineUpsSeen = 0;

  constructor(options: XmltvAnswerOptions) {
    this.#options = options;
  }

  /** Answers GET and HEAD. */
  async send(request: FastifyRequest, reply: FastifyReply, wanted: WantedGuide): Promise<FastifyReply> {
    const { guide, history, baseUrl, language, clock } = this.#options;
    const now = clock.now();
    // Of whole hours, so that the file stays the same meanwhile.
    const hour = Math.floor(now / HOUR) * HOUR;
    const span = { from: hour - PAST, to: hour + FUTURE };
    const titles = guideTitlesIn(language());
    const screens = new Map<ScreenId, readonly Programme[]>();
    for (const { target } of wanted.entries) {
      if (target.kind !== 'screen') continue;
      const { screen } = target;
      screens.set(
        screen,
        await screenProgrammes(screen, { from: span.from, now }, { history, guide, titles }),
      );
    }
    const base = baseUrl(request) + wanted.prefix;
    const version = createHash('sha256')
      .update(JSON.stringify([base, titles.live, guide.changedAt, span, [...screens]]))
      .update(String(this.#numberOf(wanted.entries)))
      .digest('base64url')
      .slice(0, 22);
    const seen = this.#firstSeen.get(version) ?? now;
    this.#firstSeen.set(version, seen);
    const isPacked = !wanted.isFile && asksForGzip(request);
    const headers = {
      'content-type': wanted.isFile ? 'application/gzip' : 'application/xml; charset=utf-8',
      'cache-control': 'private, no-cache',
      etag: `W/"${version}"`,
      'last-modified': new Date(seen).toUTCString(),
      ...(wanted.isFile ? {} : { vary: 'accept-encoding' }),
    };
    if (fresh(request.headers, headers)) return reply.code(304).headers(headers).send();
    reply.headers({ ...headers, ...(isPacked ? { 'content-encoding': 'gzip' } : {}) });
    if (request.method === 'HEAD') return reply.send();
    const { entries } = wanted;
    const body = { entries, span, base, guide, screens, live: titles.live, turns: this.#turns };
    reply.hijack();
    reply.raw.writeHead(200, reply.getHeaders() as OutgoingHttpHeaders);
    await this.#write(body, wanted.isFile || isPacked ? packedFor(reply.raw) : reply.raw);
    return reply;
  }

  /** Writes no faster than the asker reads. */
  async #write(body: XmltvBodyOptions, out: Writable): Promise<void> {
    try {
      await writeXmltv(body, (piece) => taken(out, piece));
      out.end();
    } catch (error) {
      // An asker that has left needs no guide.
      if (!out.destroyed) this.#options.logger.error({ err: error }, 'the guide could not be sent');
      out.destroy();
    }
  }

  #numberOf(entries: readonly GuideEntry[]): number {
    const number = this.#lineUps.get(entries) ?? ++this.#lineUpsSeen;
    this.#lineUps.set(entries, number);
    return number;
  }
}

/** Resolves once the bytes have gone. @throws if the asker has left */
function taken(out: Writable, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    out.write(bytes, (error) => (error ? reject(error) : resolve()));
  });
}

/** Packs what is written, for the asker. */
function packedFor(response: ServerResponse): Writable {
  // The guide shrinks to a tenth at the lowest level, and the higher ones cost several times as much.
  const gzip = createGzip({ level: constants.Z_BEST_SPEED });
  // Whichever ends first ends the other.
  pipeline(gzip, response, () => {});
  return gzip;
}

function asksForGzip({ headers }: FastifyRequest): boolean {
  const accepted = [headers['accept-encoding'] ?? ''].flat().join(',').toLowerCase();
  return negotiate(accepted, ['identity', 'gzip']) === 'gzip';
}
