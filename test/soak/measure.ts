import { writeFileSync } from 'node:fs';

/**
 * Is loaded into the tested process. At SIGUSR2 it collects garbage and records the memory in use, so that growth is a
 * leak.
 */
process.on('SIGUSR2', () => {
  const { gc } = globalThis as { gc?: () => void };
  gc?.();
  gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  writeFileSync(process.env.SOAK_MEMORY_FILE ?? '/dev/null', JSON.stringify({ rss, heapUsed, external }));
});
