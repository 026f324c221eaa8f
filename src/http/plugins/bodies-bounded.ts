import type { FastifyRequest } from 'fastify';
import { clientNetwork } from '../../lib/client-network.ts';
import type { Clock } from '../../lib/clock.ts';
import { Unfinished } from '../unfinished-requests.ts';

/** Requests from one address whose bodies are still to come. */
const MOST_BODIES = 32;

/** A hook that lets go of an address's oldest unfinished requests where they are too many. */
export function bodiesBounded(clock: Pick<Clock, 'monotonic' | 'after'>) {
  const unfinished = new Unfinished({ most: MOST_BODIES, clock });
  return async ({ ip, raw }: FastifyRequest): Promise<void> => {
    const { 'content-length': length = '0', 'transfer-encoding': coding } = raw.headers;
    if (length === '0' && coding === undefined) return;
    const finish = unfinished.begin(clientNetwork(ip), () => raw.socket.destroy());
    raw.once('end', finish).once('close', finish);
  };
}
