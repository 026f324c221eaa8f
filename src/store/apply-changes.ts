import { constants, type DatabaseSync } from 'node:sqlite';
import { DamagedError } from './database-trouble.ts';

const {
  SQLITE_CHANGESET_CONFLICT: CONFLICT,
  SQLITE_CHANGESET_DATA: DATA,
  SQLITE_CHANGESET_OMIT: OMIT,
  SQLITE_CHANGESET_REPLACE: REPLACE,
} = constants;

/** Does again in one database what a session has recorded in another; what others have written there gives way. */
export function applyChanges(database: DatabaseSync, changes: Uint8Array): void {
  const onConflict = (kind: number) => (kind === DATA || kind === CONFLICT ? REPLACE : OMIT);
  if (!database.applyChangeset(changes, { onConflict })) throw new DamagedError('changes do not fit');
}
