import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { PlayerQuery, ViewerCheck } from './player-request.ts';
import type { XmltvAnswer } from './xmltv-answer.ts';
import type { GuideEntry } from './xmltv-body.ts';

export interface XmltvOutputOptions {
  readonly answer: Pick<XmltvAnswer, 'send'>;
  readonly lineUp: GuideLineUp;
  readonly checkViewer: ViewerCheck;
  /** Lets a client pass by the token in its address. @throws AppError link_invalid, rate_limited */
  readonly checkClient: (request: FastifyRequest<ClientRoute>) => unknown;
}

/** The line-up, as far as the guide needs it. */
export interface GuideLineUp {
  readonly screens: readonly GuideEntry[];
  /** Screens and channels. */
  entries(): readonly GuideEntry[];
  /** Resolves once the entries are up to date. */
  settled(): Promise<void>;
}

interface ClientRoute {
  Params: { token: string };
}

interface PlainRoute {
  Querystring: PlayerQuery;
}

/** For the API's document alone. */
const schema = {
  tags: ['players'],
  summary: 'For players: the guide as XMLTV; with `?key=…` if need be, or for a client by its token',
};

/** The guide: of the screens for everybody who may watch, of the whole line-up for a client with a token. */
export function xmltvOutput({
  answer,
  lineUp,
  checkViewer,
  checkClient,
}: XmltvOutputOptions): FastifyPluginAsync {
  return async (app) => {
    for (const { file, isFile } of [
      { file: 'epg.xml', isFile: false },
      { file: 'epg.xml.gz', isFile: true },
    ]) {
      const plain = (request: FastifyRequest<PlainRoute>, reply: FastifyReply) => {
        checkViewer(request);
        return answer.send(request, reply, { entries: lineUp.screens, prefix: '', isFile });
      };
      const ofClient = async (request: FastifyRequest<ClientRoute>, reply: FastifyReply) => {
        await checkClient(request);
        await lineUp.settled();
        const prefix = `/t/${request.params.token}`;
        return answer.send(request, reply, { entries: lineUp.entries(), prefix, isFile });
      };
      const route = { method: ['GET', 'HEAD'], schema };
      app.route<PlainRoute>({ ...route, url: `/${file}`, handler: plain });
      app.route<ClientRoute>({ ...route, url: `/t/:token/${file}`, handler: ofClient });
    }
  };
}
