/** Why the database file cannot be used: another program locks it, the disk is full, it is not writable, or it is no longer a valid database. */
export type DatabaseTrouble = 'locked' | 'full' | 'unwritable' | 'damaged';

/** The health of the database file. */
export interface DatabaseHealth {
  /** Null while every change reaches the disk. */
  readonly trouble: DatabaseTrouble | null;
  /**
   * Set if this process found the file damaged and replaced it. `from` is the time of the backup that was restored, in epoch
   * milliseconds, or null if the database began empty.
   */
  readonly restored: { readonly from: number | null } | null;
}
