import type { AuditEntry } from '../common/contract/people.ts';

/** Entries in one request. */
export const PAGE = 50;

/** The loaded part of the audit log, latest first, without a gap. */
export interface AuditLog {
  readonly entries: readonly AuditEntry[];
  /** True if there may be older ones. */
  readonly hasMore: boolean;
}

/** Adds the latest page; drops the older entries if there may be a gap in between. */
export function withLatest({ entries, hasMore }: AuditLog, latest: readonly AuditEntry[]): AuditLog {
  const joint = entries.findIndex(({ id }) => id === latest.at(-1)?.id);
  if (joint === -1) return { entries: latest, hasMore: latest.length === PAGE };
  return { entries: [...latest, ...entries.slice(joint + 1)], hasMore };
}

/** Adds the page after an entry; returns the log unchanged if that is no longer its last entry. */
export function withOlder(log: AuditLog, after: number, older: readonly AuditEntry[]): AuditLog {
  if (log.entries.at(-1)?.id !== after) return log;
  return { entries: [...log.entries, ...older], hasMore: older.length === PAGE };
}
