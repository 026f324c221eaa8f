import type { FastifyReply, FastifyRequest } from 'fastify';
import { clientRegion } from '../../lib/client-network.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';

export interface AccessLogOptions {
  readonly logger: Pick<Logger, 'info'>;
  readonly clock: Pick<Clock, 'monotonic'>;
}

/**
 * A hook that logs each request once its answer has ended: by the pattern of its route, never by its address, which may hold a
 * key, and by the client's region of the internet.
 */
export function accessLog({ logger, clock }: AccessLogOptions) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const { raw } = reply;
    const { method, ip, socket } = request;
    const since = clock.monotonic();
    const before = socket.bytesWritten ?? 0;
    raw.once('close', () =>
      logger.info(
        {
          method,
          // Null where there is no such route.
          route: request.routeOptions.url ?? null,
          status: raw.statusCode,
          bytes: Math.max(0, (socket.bytesWritten ?? 0) - before),
          ms: Math.round(clock.monotonic() - since),
          client: clientRegion(ip),
          // The client has left before the end, as viewers of a stream do.
          ...(raw.writableFinished ? {} : { isCutOff: true }),
        },
        'request',
      ),
    );
  };
}
