import { Counter, Histogram, type Registry } from 'prom-client';

/** Who brought another channel on air; itself: a failover, or the way back from one. */
export const switchOrigins = ['chat', 'http', 'itself'] as const;
export type SwitchOrigin = (typeof switchOrigins)[number];

/** Seconds. */
const buckets = [0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4, 6, 8, 12, 20];

/** Notes each switch. @returns what to call for each; `seconds` from the wish to the first segment, null where nobody wished. */
export function addSwitches(registry: Registry): (by: SwitchOrigin, seconds: number | null) => void {
  const registers = [registry];
  const switches = new Counter({
    name: 'zapette_switches_total',
    help: 'Channels that came on air, by who wanted them; itself: a failover, or the way back from one',
    labelNames: ['by'],
    registers,
  });
  for (const by of switchOrigins) switches.inc({ by }, 0);
  const times = new Histogram({
    name: 'zapette_switch_seconds',
    help: 'Seconds from the wish for a channel to its first segment',
    buckets,
    registers,
  });
  return (by, seconds) => {
    switches.inc({ by });
    if (seconds !== null) times.observe(seconds);
  };
}
