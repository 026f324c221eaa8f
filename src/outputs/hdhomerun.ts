import { Readable } from 'node:stream';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { TimeSlices } from '../catalogue/time-slices.ts';
import { AppError } from '../domain/errors.ts';
import {
  deviceXml,
  discoverDocument,
  jsonForm,
  type LineUpForm,
  lineUpStatus,
  m3uForm,
  type TunerDevice,
  xmlForm,
} from './hdhomerun-documents.ts';
import type { LineUpEntry } from './line-up.ts';
import { type Offer, pathOf } from './offer.ts';
import type { PlayerQuery } from './player-request.ts';

export interface HdHomeRunOutputOptions extends Omit<Offer, 'keyQuery'> {
  /** 8 hexadecimal digits. */
  readonly deviceId: string;
  /** The number of channels that can be watched at the same time. */
  readonly tunerCount: () => number;
}

interface TunerRoute {
  Querystring: PlayerQuery;
}

interface ChannelRoute extends TunerRoute {
  Params: { channel: string };
}

/** Channels that are written at once: a list of 150,000 holds up nobody. */
const SLICE = 200;

const described = (summary: string) => ({
  config: { isForDevices: true },
  schema: { tags: ['players'], summary: `HDHomeRun: ${summary}` },
});

/**
 * An HDHomeRun tuner for Jellyfin, Plex, Emby, Kodi and others. They can send no key, and put names of documents behind the
 * address that was typed. Queries mean nothing.
 */
export function hdHomeRunOutput(options: HdHomeRunOutputOptions): FastifyPluginAsync {
  const { deviceId, tunerCount, channels, checkViewer, baseUrl } = options;
  const deviceFor = (request: FastifyRequest): TunerDevice => ({
    id: deviceId,
    tuners: tunerCount(),
    baseUrl: baseUrl(request),
  });

  return async (app) => {
    // Whatever devices send along with `POST /lineup.post` is not read.
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', (_request, body, done) => {
      body.resume();
      done(null);
    });
    app.addHook<TunerRoute>('onRequest', async (request, reply) => {
      reply.header('cache-control', 'no-store');
      checkViewer(request);
    });

    app.get('/discover.json', described('what the tuner is'), async (request) =>
      discoverDocument(deviceFor(request)),
    );
    app.get('/lineup_status.json', described('whether it scans'), async () => lineUpStatus());
    app.route({
      method: ['GET', 'POST'],
      url: '/lineup.post',
      ...described('a scan, which is over at once'),
      handler: async (_request, reply) => reply.send(),
    });
    for (const path of ['/device.xml', '/capability'])
      app.get(path, described('the tuner for UPnP'), async (request, reply) =>
        reply.type('application/xml; charset=utf-8').send(deviceXml(deviceFor(request))),
      );
    for (const [ending, form] of Object.entries({ json: jsonForm, xml: xmlForm, m3u: m3uForm }))
      app.get(`/lineup.${ending}`, described('its channels'), async (request, reply) => {
        await channels.settled();
        return sendLineUp(reply, form, channels.entries(), baseUrl(request));
      });
    app.get<ChannelRoute>(
      '/auto/:channel',
      described('a channel by its number, such as /auto/v1'),
      async (request, reply) => {
        const number = /^v(\d{1,9})$/.exec(request.params.channel)?.[1];
        await channels.settled();
        const entry = number === undefined ? null : channels.byShownNumber(Number(number));
        if (!entry) throw new AppError('not_found');
        return reply.redirect(baseUrl(request) + pathOf(entry));
      },
    );
  };
}

function sendLineUp(
  reply: FastifyReply,
  form: LineUpForm,
  entries: readonly LineUpEntry[],
  base: string,
): FastifyReply {
  const slices = lineUpInSlices(form, entries, base);
  reply.type(form.contentType);
  // Small devices do better with a length.
  return reply.send(entries.length > SLICE ? Readable.from(paced(slices)) : [...slices].join(''));
}

/** Lets everything else have its turn between two pieces. */
async function* paced(pieces: Iterable<string>): AsyncGenerator<string> {
  const slices = new TimeSlices();
  for (const piece of pieces) {
    yield piece;
    await slices.rest();
  }
}

function* lineUpInSlices(form: LineUpForm, entries: readonly LineUpEntry[], base: string): Generator<string> {
  yield form.begin;
  for (let at = 0; at < entries.length; at += SLICE) {
    const slice = entries.slice(at, at + SLICE);
    const texts = slice.map((entry) => form.of({ entry, url: base + pathOf(entry) }));
    yield (at === 0 ? '' : form.between) + texts.join(form.between);
  }
  yield form.end;
}
