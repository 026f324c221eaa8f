import { access, constants } from 'node:fs/promises';
import { resolve } from 'node:path';
import { z } from 'zod';
import { freeSpace } from '../lib/free-space.ts';
import { isLoopback } from '../lib/private-address.ts';
import { readShort } from '../lib/read-short.ts';
import type { Disk, Reachability } from './facts.ts';

const PATIENCE = 5_000;
/** The signature of fetch, so that tests can pass their own. */
export type Ask = (url: string, init: RequestInit) => Promise<Response>;

const health = z.object({ instance: z.string() });
/** The answer of a Zapette to a request with a foreign Host header. */
const refusal = z.object({ error: z.object({ code: z.literal('unknown_host') }) });

/** Measures the free space of a folder, and whether it can be written to. */
export async function probeDisk(directory: string): Promise<Disk> {
  const path = resolve(directory);
  const [free, isWritable] = await Promise.all([
    freeSpace(path).catch(() => null),
    access(path, constants.W_OK).then(
      () => true,
      () => false,
    ),
  ]);
  return { path, free, isWritable };
}

/**
 * Checks whether PUBLIC_URL leads to this server.
 * @param instance the id of this process in its /health.
 */
export async function probePublicUrl(
  url: string | null,
  instance: string,
  ask: Ask = fetch,
): Promise<Reachability> {
  if (url === null) return { url, is: 'unset' };
  if (isLoopback(new URL(url).hostname)) return { url, is: 'local' };
  try {
    const response = await ask(`${url}/health`, { signal: AbortSignal.timeout(PATIENCE) });
    return { url, is: judge(await readShort(response), instance) };
  } catch {
    return { url, is: 'unreachable' };
  }
}

function judge(text: string, instance: string): Reachability['is'] {
  try {
    const answer: unknown = JSON.parse(text);
    if (health.safeParse(answer).data?.instance === instance) return 'reached';
    return refusal.safeParse(answer).success ? 'renamed' : 'foreign';
  } catch {
    return 'foreign';
  }
}
