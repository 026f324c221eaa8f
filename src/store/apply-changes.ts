import { constants, type DatabaseSync } from 'node:sqlite';
import { DamagedError } from './database-trouble.ts';

const {
  SQLITE_CHANGESET_CONFLICT: CONFLICT,
  SQLITE_CHANGESET_DATA: DATA,
  SQLITE_CHANGESET_OMIT: OMIT,
  SQLITE_CHANGESET_REPLACE: REPLACE,
} = constants;

/** Applies a session's changeset to another database; on a conflict the changeset wins. @throws DamagedError if it does not fit */
export function applyChanges(database: DatabaseSync, changes: Uint8Array): void {
  const onConflict = (kind: number) => (kind === DATA || kind === CONFLICT ? REPLACE : OMIT);
  if (!database.applyChangeset(changes, { onConflict })) throw new DamagedError('changes do not fit');
}
