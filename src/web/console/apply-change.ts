import { toastError } from '../common/failure.ts';
import { toast } from '../common/toasts.tsx';

/** Waits for a change on the server, shows the outcome as a toast, and reloads the view. @param shown reloads the view */
export async function applyChange(
  asked: Promise<unknown>,
  done: string,
  shown: () => Promise<void>,
): Promise<void> {
  try {
    await asked;
    toast('good', done);
  } catch (error) {
    toastError(error);
  }
  await shown();
}
