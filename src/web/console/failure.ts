import { ApiError } from '../common/api.ts';
import { texts } from '../common/language.ts';
import { sessionLost } from './session.ts';
import { toast } from './toasts.tsx';

/** Tells the operator what the server said; a session that has run out leads to the login card instead. */
export function tell(error: unknown): void {
  if (error instanceof ApiError && error.status === 401) {
    sessionLost();
    return;
  }
  toast('bad', sentence(error));
}

function sentence(error: unknown): string {
  if (!(error instanceof ApiError)) return texts.value.failed;
  return error.status === 0 ? texts.value.unreachable : error.message || texts.value.failed;
}
