import { createHash } from 'node:crypto';
import type { Settings } from '../config/settings.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import { EdgePrefix } from '../outputs/edges/edge-prefix.ts';
import { Edges } from '../outputs/edges/edges.ts';
import type { Part } from './lifecycle.ts';

export interface EdgesPartOptions {
  readonly settings: Pick<Settings, 'current'>;
  readonly signingKey: string;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface EdgesApi {
  readonly edges: Edges;
  readonly prefix: EdgePrefix;
}

/** Milliseconds that an edge may take to answer. */
const PATIENCE = 2_000;

/** The caches in front of this server. */
export function createEdges({ settings, signingKey, clock, logger }: EdgesPartOptions): Part<EdgesApi> {
  const own = createHash('sha256').update(`edges ${signingKey}`).digest('base64url');
  const prefix = new EdgePrefix(() => settings.current.edgeSecret ?? own);
  const edges = new Edges({
    urls: () => settings.current.segmentsUrls,
    check: async (url) => {
      try {
        const answer = await fetch(`${url}${prefix.at(clock.now())}/check`, {
          signal: AbortSignal.timeout(PATIENCE),
          redirect: 'error',
        });
        return (await answer.text()) === 'ok';
      } catch {
        return false;
      }
    },
    clock,
    logger,
  });
  return { api: { edges, prefix }, start: () => edges.start(), stop: () => edges.stop() };
}
