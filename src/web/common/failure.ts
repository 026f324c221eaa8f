import { ApiError, SWITCH_DECLINED } from './api.ts';
import { texts } from './language.ts';
import { sessionLost } from './session.ts';
import { toast } from './toasts.tsx';

/**
 * Shows an error as a toast; for an expired session it shows the log-in card instead.
 * @param again runs once somebody has logged in again
 */
export function toastError(error: unknown, again: (() => Promise<void>) | null = null): void {
  if (error instanceof ApiError && error.status === 401) {
    sessionLost(again);
    return;
  }
  if (error instanceof ApiError && error.code === SWITCH_DECLINED) {
    toast('good', error.message);
    return;
  }
  toast('bad', sentenceOf(error));
}

/** An error as a sentence: the server's own where there is one. */
export function sentenceOf(error: unknown): string {
  if (!(error instanceof ApiError)) return texts.value.failed;
  return error.status === 0 ? texts.value.unreachable : error.message || texts.value.failed;
}
