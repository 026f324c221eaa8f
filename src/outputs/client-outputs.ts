import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import type { Clients } from '../access/clients.ts';
import type { Screens } from '../stream/screen/screens.ts';
import { type ClientArchiveOptions, clientArchiveOutput } from './client-archive.ts';
import { type ClientChannelOptions, clientChannelOutput } from './client-channel.ts';
import { type ClientLogoOptions, clientLogoOutput } from './client-logo.ts';
import type { ClientRequests } from './client-requests.ts';
import type { EdgePlaylists, OnEdge } from './edges/on-edge.ts';
import { type HdHomeRunOutputOptions, hdHomeRunOutput } from './hdhomerun.ts';
import { hlsOutput } from './hls.ts';
import type { Offer, OfferedEntries } from './offer.ts';
import { playerOf } from './player-of.ts';
import { playlistOutput } from './playlist.ts';
import { rewindOutput } from './rewind.ts';
import type { SentBytes } from './sent-bytes.ts';
import { tsOutput } from './ts.ts';
import { xmltvOutput } from './xmltv.ts';
import type { XmltvAnswer } from './xmltv-answer.ts';

export interface ClientOutputsOptions
  extends Omit<ClientChannelOptions & ClientArchiveOptions & ClientLogoOptions, 'requests' | 'channels'> {
  readonly requests: Pick<ClientRequests, 'clientOf' | 'baseUrl'>;
  readonly clients: Pick<Clients, 'admit' | 'refused'>;
  readonly channels: OfferedEntries;
  readonly screens: Pick<Screens, 'get' | 'forPlayers'>;
  readonly onEdge: OnEdge;
  readonly sent: Pick<SentBytes, 'add' | 'follow'>;
  readonly guide: Pick<XmltvAnswer, 'send'>;
  readonly tuner: Pick<HdHomeRunOutputOptions, 'deviceId' | 'tunerCount'>;
}

/** A client's playlists come from home, so that whoever is shut out is so at once. */
const atHome: EdgePlaylists = () => null;

/** Every output once more for clients, to be registered with `CLIENT_PREFIX`: they need no key, and get the whole line-up. */
export function clientOutputs(options: ClientOutputsOptions): FastifyPluginAsync {
  const { requests, clients, channels, screens, onEdge, sent, tuner } = options;
  const offer: Offer = {
    checkViewer: (request) => void requests.clientOf(request),
    baseUrl: (request: FastifyRequest) => requests.baseUrl(request),
    keyQuery: () => '',
    channels,
    kindOf: (request) => requests.clientOf(request).kind,
  };
  return async (app) => {
    await app.register(playlistOutput(offer));
    await app.register(hdHomeRunOutput({ ...offer, ...tuner }));
    await app.register(xmltvOutput({ ...offer, answer: options.guide }));
    await app.register(hlsOutput({ screens, ...offer, onEdge, edgePlaylists: atHome, sent }));
    await app.register(rewindOutput({ screens, ...offer, viewerOf: playerOf, clock: options.clock }));
    await app.register(
      tsOutput({
        ...{ screens, sent, ...offer },
        onStream: (request, response, { facts }) => {
          const end = () => response.destroy();
          response.once('close', clients.admit(requests.clientOf(request), facts.name, end));
        },
      }),
    );
    await app.register(clientChannelOutput(options));
    await app.register(clientArchiveOutput(options));
    await app.register(clientLogoOutput(options));
  };
}
