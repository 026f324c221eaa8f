/** How hls.js loads: few retries, since the reconnector asks until the server is back. */
export function loadPolicy(retries: number) {
  const retry = { maxNumRetry: retries, retryDelayMs: 500, maxRetryDelayMs: 2_000 };
  return { maxTimeToFirstByteMs: 10_000, maxLoadTimeMs: 20_000, timeoutRetry: retry, errorRetry: retry };
}
