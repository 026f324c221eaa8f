import type { FastifyPluginAsync } from 'fastify';
import { ClientArchive } from '../outputs/client-archive.ts';
import { streamEntry } from '../outputs/client-channel.ts';
import type { BaseUrl } from '../outputs/player-request.ts';
import { screenPaths } from '../outputs/screen-paths.ts';
import type { XmltvAnswer } from '../outputs/xmltv-answer.ts';
import { prefixOf } from '../outputs/xtream/addresses.ts';
import { entryProgrammes } from '../outputs/xtream/entry-programmes.ts';
import type { LoggedIn } from '../outputs/xtream/options.ts';
import { xtreamServerOutput } from '../outputs/xtream-server.ts';
import type { HttpContext } from './context.ts';

type PanelContext = Pick<
  HttpContext,
  'clients' | 'lineUp' | 'screens' | 'guide' | 'history' | 'tuners' | 'sent' | 'clock' | 'slots' | 'language'
>;

/** The Xtream panel over the parts of this server. Screens as HLS are where the client's other addresses are. */
export function xtreamPanel(
  context: PanelContext,
  baseUrl: BaseUrl,
  guide: Pick<XmltvAnswer, 'send'>,
): FastifyPluginAsync {
  const { clients, lineUp, screens, tuners, sent, clock } = context;
  const baseOf = (request: Parameters<BaseUrl>[0], login: LoggedIn) =>
    `${baseUrl(request)}${prefixOf(login)}`;
  const archive = new ClientArchive({ clients, tuners, sent, clock });
  return xtreamServerOutput({
    ...{ clients, lineUp, clock, baseUrl },
    connections: () => context.slots.capacity,
    programmes: entryProgrammes(context),
    sendTransport: (_request, reply, { client }, entry) =>
      streamEntry(entry, client, reply, { clients, screens, tuners, sent, clock }),
    sendPlaylist: (request, reply, login, screen) =>
      reply.redirect(`${baseOf(request, login)}${screenPaths(screen).hls}`),
    // Not by a redirect: some apps follow none.
    sendGuide: (request, reply, login) =>
      guide.send(request, reply, { channels: lineUp, base: baseOf(request, login), isFile: false }),
    sendArchive: (_request, reply, { client }, wish) => archive.send(wish, client, reply),
  });
}
