import type { FastifyPluginAsync, FastifyReply } from 'fastify';
import { AppError } from '../../domain/errors.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Screens } from '../../stream/screen/screens.ts';
import type { PlaylistForm } from '../../stream/segments/playlist-text.ts';
import { newsOf, playerForms, playlistOf } from '../picture.ts';
import { awaitSegment } from '../playlist-reply.ts';
import { lowFolder } from '../screen-paths.ts';
import { sendSegment } from '../segment-reply.ts';
import type { SentBytes } from '../sent-bytes.ts';
import { edgeFolder } from './edge-folder.ts';
import type { EdgePrefix } from './edge-prefix.ts';

export interface EdgeOutputOptions {
  readonly screens: Pick<Screens, 'forPlayers'>;
  readonly prefix: EdgePrefix;
  /** Seconds for which caches may keep a playlist; 0 for playlists from home alone. */
  readonly playlistSeconds: () => number;
  readonly sent: Pick<SentBytes, 'add'>;
  readonly clock: Pick<Clock, 'now'>;
}

interface EdgeRoute {
  Params: { sig: string; expires: string; screen: string; file: string };
}

/** Seconds for which a playlist may be shown while home does not answer: longer, and players would stand still anyway. */
const WHILE_HOME_FAILS = 10;

/** An edge asks by its own name. */
const config = { isForEveryHost: true };

/** The watch page's playlist, by a name of its own: the page is counted at home, other players on edges. */
const pageFile = 'page.m3u8';
/** The same once it lists a segment: the answer is held until then, at home and at each edge. */
const heldFile = /^page-(\d{1,15})\.m3u8$/;
/** Seconds for which caches may keep that: whoever asks later gets a playlist of now. */
const HELD_KEPT = 10;
/** Milliseconds for which it is held: longer than home is without a new segment, shorter than caches wait. */
const LONGEST_HOLD = 7_000;

/** The playlists of a picture, by their names. */
type Forms = Readonly<Record<string, PlaylistForm>>;

/** The pictures of a screen, each with the path of its files. */
const pictures = [
  { picture: 'full', path: '/e/:sig/:expires/:screen/:file' },
  { picture: 'low', path: `/e/:sig/:expires/:screen/${lowFolder}/:file` },
] as const;

const forEverybody = { 'access-control-allow-origin': '*' };
const segmentHeaders = {
  ...forEverybody,
  ...{ 'content-type': 'video/mp2t', 'cache-control': 'public, max-age=86400, immutable' },
};

/** What caches may keep: the same answer for everybody who knows the address. */
export function edgeOutput({
  screens,
  prefix,
  playlistSeconds,
  sent,
  clock,
}: EdgeOutputOptions): FastifyPluginAsync {
  const count = (bytes: number) => sent.add('edge', bytes);
  // A playlist keeps its text by the form, so a form is made once.
  const forms = new Map<string, Forms>();
  return async (app) => {
    app.get<EdgeRoute>(
      '/e/:sig/:expires/check',
      { schema: { tags: ['players'], summary: 'Whether an edge reaches this server' }, config },
      (request, reply) => {
        requirePrefix(request.params);
        return reply.header('cache-control', 'no-store').type('text/plain').send('ok');
      },
    );

    for (const { picture, path } of pictures)
      app.get<EdgeRoute>(
        path,
        {
          schema: { tags: ['players'], summary: 'Segments and playlists for caches in front of this server' },
          config,
        },
        async (request, reply) => {
          requirePrefix(request.params);
          const { file } = request.params;
          const awaited = heldFile.exec(file)?.[1];
          const screen = screens.forPlayers(request.params.screen);
          const playlist = playlistOf(screen, picture);
          const folder = edgeFolder(screen, picture);
          if (folder === null) throw new AppError('screen_closed_to_you', { screen: screen.facts.name });
          const name = awaited === undefined ? file : pageFile;
          const form = formsIn(folder)[name];
          if (!form || playlistSeconds() === 0)
            return sendSegment(playlist.storage, file, reply, { headers: segmentHeaders, count });
          if (name !== pageFile) screen.viewers.askedByEdge();
          screen.broadcast.demand();
          if (picture === 'low') await screen.rendition.demand();
          if (awaited === undefined) return sendPlaylist(reply, playlist.text(form), playlistCaching());
          await awaitSegment(newsOf(screen, picture), awaited, reply, LONGEST_HOLD);
          // An answer that fails is not kept.
          if (Number(awaited) >= playlist.nextSequence) throw new AppError('not_found');
          return sendPlaylist(reply, playlist.text(form), `public, max-age=${HELD_KEPT}`);
        },
      );
  };

  function requirePrefix(params: EdgeRoute['Params']): void {
    if (!prefix.isValid(params, clock.now())) throw new AppError('edge_address_over');
  }

  function formsIn(folder: string): Forms {
    const known = forms.get(folder) ?? formsWith(prefix, folder);
    forms.set(folder, known);
    return known;
  }

  function playlistCaching(): string {
    const seconds = playlistSeconds();
    return `public, max-age=${seconds}, stale-while-revalidate=${2 * seconds}, stale-if-error=${WHILE_HOME_FAILS}`;
  }
}

function sendPlaylist(reply: FastifyReply, text: Buffer, caching: string): FastifyReply {
  return reply
    .headers(forEverybody)
    .type('application/vnd.apple.mpegurl')
    .header('cache-control', caching)
    .send(text);
}

/** @param folder the screen's id, or that of its lower rendition below it */
function formsWith(prefix: EdgePrefix, folder: string): Forms {
  const { plain, vlc } = playerForms((segment) => prefix.segmentPath(folder, segment));
  return { 'index.m3u8': plain, [pageFile]: plain, 'vlc.m3u8': vlc };
}
