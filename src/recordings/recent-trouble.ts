import type { Recording, RecordingReason } from '../domain/recording.ts';

/** How the recordings of the last days have ended. */
export interface RecentTrouble {
  readonly complete: number;
  readonly incomplete: number;
  readonly failed: number;
  /** The one that is most common among the last two; null where none has any. */
  readonly reason: RecordingReason | null;
}

/** Milliseconds. */
const LAST_DAYS = 7 * 24 * 3_600_000;

/** Looks at recordings that have ended in the last seven days. @param now epoch milliseconds */
export function recentTrouble(
  all: readonly Pick<Recording, 'state' | 'stop' | 'reason'>[],
  now: number,
): RecentTrouble {
  const recent = all.filter(({ stop }) => stop <= now && now - stop < LAST_DAYS);
  const having = (state: Recording['state']) => recent.filter((each) => each.state === state);
  const [failed, incomplete] = [having('failed'), having('incomplete')];
  const reasons = [...failed, ...incomplete].flatMap(({ reason }) => reason ?? []);
  const byCode = [...Map.groupBy(reasons, ({ code }) => code).values()];
  const [most = []] = byCode.toSorted((one, other) => other.length - one.length);
  return {
    ...{ complete: having('done').length, incomplete: incomplete.length, failed: failed.length },
    reason: most.at(-1) ?? null,
  };
}
