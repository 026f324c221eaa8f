import { writeFileSync } from 'node:fs';

/**
 * Loaded into the process that is tried: at SIGUSR2 it collects its garbage and writes down what memory is left, so that
 * what grows is a leak.
 */
process.on('SIGUSR2', () => {
  const { gc } = globalThis as { gc?: () => void };
  gc?.();
  gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  writeFileSync(process.env.SOAK_MEMORY_FILE ?? '/dev/null', JSON.stringify({ rss, heapUsed, external }));
});
