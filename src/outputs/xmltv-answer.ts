import { createHash } from 'node:crypto';
import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { pipeline, type Writable } from 'node:stream';
import { constants, createGzip } from 'node:zlib';
import { negotiate } from '@fastify/accept-negotiator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import type { Guide } from '../catalogue/guide/guide.ts';
import type { Language } from '../domain/actor.ts';
import type { Programme } from '../domain/channel.ts';
import type { ScreenId } from '../domain/ids.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import { Turns } from '../lib/turns.ts';
import { guideTitlesIn } from '../words/guide-titles.ts';
import type { LineUpEntry } from './line-up.ts';
import { isNotModified, versionHeaders } from './not-modified.ts';
import type { OfferedEntries } from './offer.ts';
import { type ShownChannels, screenProgrammes } from './screen-programmes.ts';
import { writeXmltv, type XmltvBodyOptions } from './xmltv-body.ts';

export interface XmltvAnswerOptions {
  readonly guide: Pick<Guide, 'atHand' | 'isAtHand' | 'upcoming' | 'changedAt'>;
  readonly history: ShownChannels;
  /** Of the installation. */
  readonly language: () => Language;
  readonly clock: Clock;
  readonly logger: Pick<Logger, 'error'>;
}

/** What one asker gets. */
export interface WantedGuide {
  readonly channels: Pick<OfferedEntries, 'entries' | 'settled' | 'changedAt'>;
  /** The beginning of every address in the answer, with the client's prefix. */
  readonly base: string;
  /** Whether the address ends in `.gz`, by which Jellyfin knows that it has to unpack the file. */
  readonly isFile: boolean;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** The past that is told of every entry, and at most of a channel that has an archive. */
const PAST = 5 * HOUR;
const LONGEST_PAST = 7 * DAY;
const FUTURE = 7 * DAY;
/** Versions whose first moment is known; each client has its own. */
const VERSIONS_KEPT = 200;

/** Answers with the guide as XMLTV, straight from the guide's file, as fast as the asker reads. It is never empty. */
export class XmltvAnswer {
  readonly #options: XmltvAnswerOptions;
  readonly #turns = new Turns();
  /** When a version was asked for first, in epoch milliseconds. */
  readonly #firstAsked = new LRUCache<string, number>({ max: VERSIONS_KEPT });

  constructor(options: XmltvAnswerOptions) {
    this.#options = options;
  }

  /** Answers GET and HEAD. */
  async send(request: FastifyRequest, reply: FastifyReply, wanted: WantedGuide): Promise<FastifyReply> {
    const { channels, base, isFile } = wanted;
    await channels.settled();
    const { guide, language, clock } = this.#options;
    const entries = channels.entries();
    const now = clock.now();
    // Of whole hours, so that the file stays the same meanwhile.
    const hour = Math.floor(now / HOUR) * HOUR;
    const span = { from: hour - PAST, to: hour + FUTURE };
    const titles = guideTitlesIn(language());
    const screens = await this.#screensOf(entries, span.from, now);
    const pasts = entries.reduce((sum, entry) => sum + pastOf(entry), 0);
    const etag = etagOf([base, channels.changedAt, titles.live, guide.changedAt, span, pasts, [...screens]]);
    const changedAt = this.#firstAsked.get(etag) ?? now;
    this.#firstAsked.set(etag, changedAt);
    const isPacked = !isFile && asksForGzip(request);
    void reply.headers({
      'content-type': isFile ? 'application/gzip' : 'application/xml; charset=utf-8',
      'cache-control': 'no-cache',
      'access-control-allow-origin': '*',
      ...versionHeaders({ etag, changedAt }),
      ...(isFile ? {} : { vary: 'accept-encoding' }),
      ...(isPacked ? { 'content-encoding': 'gzip' } : {}),
    });
    if (isNotModified(request, { etag, changedAt })) return reply.code(304).send();
    if (request.method === 'HEAD') return reply.send();
    reply.hijack();
    const response = reply.raw;
    response.writeHead(200, reply.getHeaders() as OutgoingHttpHeaders);
    const spanOf = (entry: LineUpEntry) => ({ ...span, from: hour - pastOf(entry) });
    const body = { entries, spanOf, base, guide, screens, live: titles.live, turns: this.#turns };
    await this.#write(body, isFile || isPacked ? packedFor(response) : response);
    return reply;
  }

  async #screensOf(
    entries: readonly LineUpEntry[],
    from: number,
    now: number,
  ): Promise<Map<ScreenId, readonly Programme[]>> {
    const { guide, history, language } = this.#options;
    const options = { guide, history, titles: guideTitlesIn(language()) };
    const screens = new Map<ScreenId, readonly Programme[]>();
    for (const { target } of entries) {
      if (target.kind !== 'screen') continue;
      screens.set(target.screen, await screenProgrammes(target.screen, { from, now }, options));
    }
    return screens;
  }

  /** Writes no faster than the asker reads. Never rejects. */
  async #write(body: XmltvBodyOptions, out: Writable): Promise<void> {
    try {
      await writeXmltv(body, (piece) => taken(out, piece));
      out.end();
    } catch (error) {
      // An asker that has left needs no guide.
      if (!out.destroyed) this.#options.logger.error({ err: error }, 'the guide could not be sent');
      // Without an end, so that nobody takes it for the whole guide.
      out.destroy();
    }
  }
}

/** Resolves once the bytes have gone. Rejects if the asker has left. */
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

function etagOf(facts: readonly unknown[]): string {
  return `"${createHash('sha256').update(JSON.stringify(facts)).digest('base64url').slice(0, 22)}"`;
}

function asksForGzip({ headers }: FastifyRequest): boolean {
  const accepted = [headers['accept-encoding'] ?? ''].flat().join(',').toLowerCase();
  return negotiate(accepted, ['identity', 'gzip']) === 'gzip';
}

/** Milliseconds of its past that the guide of an entry tells. */
function pastOf({ archive }: LineUpEntry): number {
  return Math.min(Math.max(PAST, (archive?.days ?? 0) * DAY), LONGEST_PAST);
}
