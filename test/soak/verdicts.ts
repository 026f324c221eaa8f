import type { Planned } from './schedule.ts';
import type { Memory } from './subject.ts';
import type { Gap } from './witness.ts';

/** The most seconds without a new picture that a fault may cost beyond the provider's own absence. */
const LONGEST_GAP = 6;
const MEGABYTE = 1024 * 1024;
/** The most bytes per hour by which memory may grow. */
const MOST_GROWTH = 10 * MEGABYTE;
/** Minutes below which growth cannot be distinguished from chance. */
const LEAST_MINUTES = 20;

/** The effect of one fault on viewers, in seconds. */
export interface Effect {
  readonly planned: Planned;
  /** The longest time without a new picture. */
  readonly gap: number;
  /** The part of it after the provider was back. */
  readonly ours: number;
  readonly told: string;
}

/**
 * The effect of a fault, from the gaps whose middle lies between it and the next fault.
 * @param began the real times of this fault and the next.
 */
export function effectOf(
  planned: Planned,
  [began, until]: readonly [number, number],
  gaps: readonly Gap[],
  told: string,
): Effect {
  const wellAt = began + planned.fault.away;
  const own = gaps.filter(({ from, to }) => (from + to) / 2 >= began && (from + to) / 2 < until);
  const longest = (lengths: readonly number[]) => Math.max(0, ...lengths);
  return {
    planned,
    gap: longest(own.map(({ from, to }) => to - from)),
    ours: longest(
      own.map(({ from, to }) =>
        planned.fault.away > 0 ? Math.max(0, to - Math.max(from, wellAt)) : to - from,
      ),
    ),
    told,
  };
}

/** A sample of memory, with its time in seconds from the start. */
export interface Sample {
  readonly at: number;
  readonly memory: Memory;
}

/** The growth of memory after warm-up, in bytes per hour; null if there are too few samples. */
export function growth(samples: readonly Sample[], minutes: number, of: keyof Memory): number | null {
  const warm = samples.filter(({ at }) => at > (minutes * 60) / 3);
  if (minutes < LEAST_MINUTES || warm.length < 5) return null;
  // The median of all slopes (Theil and Sen), which ignores outliers.
  const slopes = warm.flatMap((one, index) =>
    warm.slice(index + 1).map((other) => (other.memory[of] - one.memory[of]) / (other.at - one.at)),
  );
  slopes.sort((one, other) => one - other);
  return (slopes[slopes.length >> 1] ?? 0) * 3_600;
}

/** The measurements of a whole soak. */
export interface Findings {
  readonly effects: readonly Effect[];
  readonly problems: readonly string[];
  /** Bytes per hour. */
  readonly growth: number | null;
  readonly orphans: readonly number[];
  /** Connections to the provider still open once nothing is on air, and the most ever open. */
  readonly leakedSlots: number;
  readonly mostSlots: number;
  readonly allowedSlots: number;
  /** Descriptors in excess of those at the start, by kind. */
  readonly leakedDescriptors: readonly string[];
  readonly leftFfmpegs: number;
  readonly failedPlayers: readonly string[];
  readonly lostWishes: readonly string[];
  readonly chatTroubles: readonly string[];
}

/**
 * Lists every failed requirement in one sentence each.
 * @param longestGap seconds that a fault may cost; more than usual if the machine has other work.
 */
export function faultsIn(findings: Findings, longestGap = LONGEST_GAP): string[] {
  const { effects, growth: grown, leakedSlots, mostSlots, allowedSlots, leftFfmpegs } = findings;
  return [
    ...effects
      .filter(({ ours }) => ours > longestGap)
      .map(
        ({ planned: { at, fault }, ours }) =>
          `${fault.kind} at ${at} s: ${ours.toFixed(1)} s without a new picture though the provider was there`,
      ),
    ...findings.problems.slice(0, 20).map((problem) => `the playlist: ${problem}`),
    ...(grown !== null && grown > MOST_GROWTH
      ? [`memory grows by ${(grown / MEGABYTE).toFixed(1)} MB an hour`]
      : []),
    ...(findings.orphans.length > 0 ? [`FFmpegs left behind: ${findings.orphans.join(', ')}`] : []),
    ...(leakedSlots > 0 ? [`${leakedSlots} connections to the provider are open with nothing on`] : []),
    ...(mostSlots > allowedSlots
      ? [`${mostSlots} connections at a time, where ${allowedSlots} are allowed`]
      : []),
    ...(leftFfmpegs > 0 ? [`${leftFfmpegs} FFmpegs run with nothing on`] : []),
    ...findings.leakedDescriptors.map((kind) => `descriptors leaked: ${kind}`),
    ...findings.failedPlayers,
    ...findings.lostWishes.map((wish) => `a wish was lost: ${wish}`),
    ...findings.chatTroubles.map((trouble) => `the chat: ${trouble}`),
  ];
}
