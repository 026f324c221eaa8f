import { type Fault, makers } from './faults.ts';
import { Random } from './random.ts';

/** A fault and when it comes, in seconds from the start. */
export interface Planned {
  readonly at: number;
  readonly fault: Fault;
}

export interface ScheduleOptions {
  readonly seed: number;
  readonly seconds: number;
  /** Seconds from one fault to the next, at least. */
  readonly every: number;
  /** Seconds of peace behind each fault, in which what it did is over. */
  readonly peace: number;
  /** Only kinds with one of these in their names; none: all kinds. */
  readonly only?: readonly string[];
}

/**
 * Which faults come when: all kinds in one order, then in another one, the same for the same seed.
 * @throws Error where no kind is called so
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
