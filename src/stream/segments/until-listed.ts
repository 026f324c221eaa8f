import type { Clock } from '../../lib/clock.ts';
import type { LivePlaylist } from './live-playlist.ts';

interface Patience {
  readonly clock: Clock;
  /** Milliseconds. */
  readonly timeout: number;
  readonly signal?: AbortSignal;
}

/** Resolves once a playlist lists segment `sequence`, or after `timeout` without it, or with the signal. */
export async function untilListed(
  playlist: LivePlaylist,
  sequence: number,
  { clock, timeout, signal }: Patience,
): Promise<void> {
  if (sequence < playlist.nextSequence || signal?.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const unsubscribe = playlist.subscribe((segment) => {
    if (segment.sequence >= sequence) resolve();
  });
  const cancel = clock.after(timeout, resolve);
  signal?.addEventListener('abort', () => resolve(), { once: true });
  await promise;
  unsubscribe();
  cancel();
}
