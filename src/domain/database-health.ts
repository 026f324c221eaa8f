/** Why the database's file cannot be used: another program holds it, the disk is full, it may not be written, or it is no database any more. */
export type DatabaseTrouble = 'locked' | 'full' | 'unwritable' | 'damaged';

/** How it is with the database's file. */
export interface DatabaseHealth {
  /** Null: everything is on disk. */
  readonly trouble: DatabaseTrouble | null;
  /** What this process found damaged was replaced by a backup of that time, epoch milliseconds; null: by nothing. */
  readonly restored: { readonly from: number | null } | null;
}
