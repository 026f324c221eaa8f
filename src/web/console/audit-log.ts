import type { AuditEntry } from '../common/contract.ts';

export const PAGE = 50;

/** As much of the audit log as is here, latest first, without a gap. */
export interface AuditLog {
  readonly entries: readonly AuditEntry[];
  /** Whether there may be older ones. */
  readonly hasMore: boolean;
}

/** The log with its latest page; where there may be others in between, what was known is dropped. */
export function withLatest({ entries, hasMore }: AuditLog, latest: readonly AuditEntry[]): AuditLog {
  const joint = entries.findIndex(({ id }) => id === latest.at(-1)?.id);
  if (joint === -1) return { entries: latest, hasMore: latest.length === PAGE };
  return { entries: [...latest, ...entries.slice(joint + 1)], hasMore };
}

/** The log with the page that comes after an entry; as it was where it no longer ends with that one. */
export function withOlder(log: AuditLog, after: number, older: readonly AuditEntry[]): AuditLog {
  if (log.entries.at(-1)?.id !== after) return log;
  return { entries: [...log.entries, ...older], hasMore: older.length === PAGE };
}
