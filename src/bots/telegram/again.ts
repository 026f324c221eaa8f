import { HttpError, type Transformer } from 'grammy';
import { type Clock, sleep } from '../../lib/clock.ts';

/** Milliseconds. A person waits, and the next message of the chat behind them. */
const PAUSES = [500, 3_000];

/**
 * Calls once more, twice at most, where the connection broke or the service is ill. auto-retry would go on for hours,
 * with the whole chat waiting. The runner sees to getUpdates itself.
 */
export function again(clock: Clock): Transformer {
  return async (call, method, payload, signal) => {
    for (const pause of method === 'getUpdates' ? [] : PAUSES) {
      try {
        const answer = await call(method, payload, signal);
        if (answer.ok || answer.error_code < 500) return answer;
      } catch (error) {
        if (!(error instanceof HttpError) || signal?.aborted) throw error;
      }
      await sleep(clock, pause);
    }
    return call(method, payload, signal);
  };
}
