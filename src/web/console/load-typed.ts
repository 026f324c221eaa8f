import { toastError } from '../common/failure.ts';

/** Milliseconds without a key after which a search begins. */
const TYPED_MS = 300;

/** Loads what belongs to a typed text, once nobody types any more; call the returned function when the text changes. */
export function loadTyped(typed: string, load: (signal: AbortSignal) => Promise<void>): () => void {
  const ending = new AbortController();
  const run = async () => {
    try {
      await load(ending.signal);
    } catch (error) {
      if (!ending.signal.aborted) toastError(error);
    }
  };
  const timer = setTimeout(() => void run(), typed === '' ? 0 : TYPED_MS);
  return () => {
    clearTimeout(timer);
    ending.abort();
  };
}
