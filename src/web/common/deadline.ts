/**
 * A signal that aborts after `milliseconds`, or earlier with the given one. It replaces `AbortSignal.any()`, which phones
 * that need the native player do not have.
 */
export function deadline(milliseconds: number, signal?: AbortSignal): AbortSignal {
  const controller = new AbortController();
  const abort = () => {
    clearTimeout(timer);
    controller.abort(signal?.reason);
  };
  const timer = setTimeout(
    () => controller.abort(new DOMException('Too late', 'TimeoutError')),
    milliseconds,
  );
  if (signal?.aborted) abort();
  else signal?.addEventListener('abort', abort, { once: true });
  return controller.signal;
}
