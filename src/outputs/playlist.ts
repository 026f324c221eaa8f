import { createHash } from 'node:crypto';
import type { FastifyPluginAsync } from 'fastify';
import { LRUCache } from 'lru-cache';
import { TimeSlices } from '../catalogue/time-slices.ts';
import { catchUpOf } from './catch-up.ts';
import type { LineUpEntry } from './line-up.ts';
import { extinf } from './m3u.ts';
import { type AnswerVersion, isNotModified, versionHeaders } from './not-modified.ts';
import { type Offer, pathOf } from './offer.ts';
import type { PlayerQuery } from './player-request.ts';
import { type PlaylistFormName, playlistFormFor, playlistForms } from './playlist-form.ts';

interface PlaylistQuery extends PlayerQuery {
  /** `m3u8` or `hls`: screens as HLS; anything else, such as `ts`: as one continuous MPEG-TS; without it, what suits the player. */
  output?: string | string[];
}

interface Playlist extends AnswerVersion {
  readonly entries: readonly LineUpEntry[];
  readonly bytes: Buffer;
}

/** Bytes of playlists that are kept. */
const MOST_KEPT = 32 * 1024 * 1024;
const ENTRIES_A_PIECE = 200;

/** Lines for Kodi; all others skip them. */
const mimeTypes = { ts: '#KODIPROP:mimetype=video/mp2t', hls: '#KODIPROP:mimetype=application/x-mpegURL' };

const schema = {
  tags: ['players'],
  summary: 'An M3U list of what can be watched, for Jellyfin, Kodi, TiviMate and others',
};

/** The line-up as an M3U list. */
export function playlistOutput(options: Offer): FastifyPluginAsync {
  const { checkViewer, baseUrl, keyQuery, channels, kindOf } = options;
  /** By everything that its addresses depend on. */
  const made = new LRUCache<string, Playlist>({
    maxSize: MOST_KEPT,
    sizeCalculation: ({ bytes }) => bytes.length,
  });

  return async (app) => {
    // With HEAD, which Fastify answers with the same headers.
    app.get<{ Querystring: PlaylistQuery }>('/playlist.m3u', { schema }, async (request, reply) => {
      checkViewer(request);
      await channels.settled();
      const form = playlistFormFor(request, request.query.output, kindOf?.(request) ?? null);
      const playlist = await playlistFor(baseUrl(request), keyQuery(), form);
      void reply.headers({
        'content-type': 'audio/x-mpegurl; charset=utf-8',
        'cache-control': 'no-cache',
        'access-control-allow-origin': '*',
        vary: 'user-agent',
        ...versionHeaders(playlist),
      });
      if (isNotModified(request, playlist)) return reply.code(304).send();
      return reply.send(playlist.bytes);
    });
  };

  async function playlistFor(base: string, key: string, form: PlaylistFormName): Promise<Playlist> {
    const entries = channels.entries();
    const cacheKey = [base, key, form].join(' ');
    const known = made.get(cacheKey);
    if (known?.entries === entries) return known;
    const playlist = await makePlaylist(entries, base, key, form);
    made.set(cacheKey, playlist);
    return playlist;
  }

  async function makePlaylist(
    entries: readonly LineUpEntry[],
    base: string,
    key: string,
    form: PlaylistFormName,
  ): Promise<Playlist> {
    const { changedAt } = channels;
    const guide = `${base}/epg.xml${key}`;
    const pieces = [Buffer.from(`#EXTM3U url-tvg="${guide}" x-tvg-url="${guide}"\n`)];
    const slices = new TimeSlices();
    const hash = createHash('sha256');
    for (let at = 0; at < entries.length; at += ENTRIES_A_PIECE) {
      const lines = entries
        .slice(at, at + ENTRIES_A_PIECE)
        .flatMap((entry) => linesOf(entry, base, key, form));
      const piece = Buffer.from(`${lines.join('\n')}\n`);
      pieces.push(piece);
      hash.update(piece);
      await slices.rest();
    }
    const etag = `"${hash.digest('base64url').slice(0, 22)}"`;
    return { entries, bytes: Buffer.concat(pieces), etag, changedAt };
  }

  function linesOf(entry: LineUpEntry, base: string, key: string, form: PlaylistFormName): string[] {
    const { shownNumber, id, name, group, logo, target } = entry;
    const isChannel = target.kind === 'channel';
    const { screens, options } = playlistForms[form];
    const attributes = {
      'tvg-id': id,
      'tvg-name': name,
      'tvg-chno': String(shownNumber),
      'channel-id': id,
      'tvg-logo': `${base}${logo}`,
      // Kodi takes a semicolon for the end of a group's name.
      'group-title': group.replaceAll(';', ','),
      ...catchUpOf(entry, base),
    };
    return [
      extinf({ name, attributes }),
      mimeTypes[isChannel ? 'ts' : screens],
      `${base}${pathOf(entry, screens)}${key}${isChannel ? '' : options}`,
    ];
  }
}
