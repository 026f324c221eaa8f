import { table } from '../../bench/tools.ts';
import { type Effect, growth, type Sample } from './verdicts.ts';

const MEGABYTE = 1024 * 1024;
const kinds = ['rss', 'heapUsed', 'external'] as const;

/** One line per kind of fault, worst first. */
export function describeEffects(effects: readonly Effect[]): string {
  const byKind = Map.groupBy(effects, ({ planned }) => planned.fault.kind);
  const rows = [...byKind].map(([kind, all]) => {
    const worst = all.reduce((one, other) => (other.ours > one.ours ? other : one));
    return { kind, count: all.length, worst };
  });
  rows.sort((one, other) => other.worst.ours - one.worst.ours);
  return table(
    ['fault', 'times', 'away s', 'no new picture s', 'of that ours s', 'told'],
    rows.map(({ kind, count, worst: { planned, gap, ours, told } }) => [
      kind,
      String(count),
      planned.fault.away === 0 ? '' : String(planned.fault.away),
      gap.toFixed(1),
      ours.toFixed(1),
      told,
    ]),
  );
}

/** The course of memory, measured after garbage collections. */
export function describeMemory(samples: readonly Sample[], minutes: number): string {
  const megabytes = (bytes: number) => (bytes / MEGABYTE).toFixed(0);
  const lists = kinds.map((of) => `${of} ${samples.map(({ memory }) => megabytes(memory[of])).join(' ')}`);
  const slopes = kinds.map((of) => {
    const slope = growth(samples, minutes, of);
    return `${of} ${slope === null ? 'not judged' : `${(slope / MEGABYTE).toFixed(1)} MB an hour`}`;
  });
  return ['memory after collection, MB:', ...lists, `growth after warm-up: ${slopes.join(', ')}`].join('\n');
}
