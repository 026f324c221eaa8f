import { type Fault, makers } from './faults.ts';
import { Random } from './random.ts';

/** A fault and its time, in seconds from the start. */
export interface Planned {
  readonly at: number;
  readonly fault: Fault;
}

export interface ScheduleOptions {
  readonly seed: number;
  readonly seconds: number;
  /** The least seconds from one fault to the next. */
  readonly every: number;
  /** Quiet seconds after each fault, in which its effects end. */
  readonly peace: number;
  /** Parts of the names of the kinds to use; empty for all kinds. */
  readonly only?: readonly string[];
}

/**
 * Plans the faults: all kinds in one random order, then in another, the same for the same seed.
 * @throws Error if no kind has such a name
 */
export function planFaults({ seed, seconds, every, peace, only = [] }: ScheduleOptions): Planned[] {
  const random = new Random(seed);
  const isWanted = ({ kind }: Fault) => only.length === 0 || only.some((name) => kind.includes(name));
  if (!makers.some((make) => isWanted(make(new Random(seed)))))
    throw new Error(`no fault is called ${only.join(', ')}`);
  const planned: Planned[] = [];
  for (let at = every; ; ) {
    for (const make of random.shuffled(makers)) {
      const fault = make(random);
      if (!isWanted(fault)) continue;
      if (at + fault.length + peace > seconds) return planned;
      planned.push({ at, fault });
      at += Math.max(every, fault.length + peace);
    }
  }
}
