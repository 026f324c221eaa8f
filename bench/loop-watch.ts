/**
 * Is loaded into a process beside its program (`node --import`). On SIGUSR2 it writes the delay of the event loop since
 * the last time, in milliseconds, to the file LOOP_WATCH.
 */
import { writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';
import { z } from 'zod';

const RESOLUTION = 1;

export const loopReport = z.object({ p99: z.number(), max: z.number() });

const file = process.env.LOOP_WATCH;
if (isMainThread && file) {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION });
  delay.enable();
  // The histogram holds the time between two ticks of a timer, which includes the timer's own resolution.
  const late = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - RESOLUTION);
  process.on('SIGUSR2', () => {
    const report = { p99: late(delay.percentile(99)), max: late(delay.max) };
    delay.reset();
    writeFileSync(file, JSON.stringify(report));
  });
}
