import type { Visitor } from '../access/visitor.ts';
import { type BundleCounts, countsOf } from '../bundle/bundle.ts';
import { openBundle, readBundleFile } from '../bundle/bundle-file.ts';
import { decideImport } from '../bundle/pending-import.ts';
import { asker } from '../domain/actor.ts';
import { type AuditContext, writeAudit } from './audit.ts';
import { requireOwner } from './require-owner.ts';

export interface ImportBundleContext extends AuditContext {
  readonly installation: {
    readonly dataDir: string;
  };
}

/** What an import will bring. */
export interface DecidedImport {
  /** ISO 8601. */
  readonly madeAt: string;
  /** The version of Zapette that made the export. */
  readonly madeBy: string;
  readonly counts: BundleCounts;
}

/**
 * Checks an exported file fully, and keeps it for the next start, which replaces the whole installation by it.
 * @throws AppError not_allowed, owners_only, passphrase_wrong, bundle_…; the system's error where it cannot be kept
 */
export async function importBundle(
  context: ImportBundleContext,
  by: Visitor,
  text: string,
  passphrase: string,
): Promise<DecidedImport> {
  requireOwner(by);
  const { installation, clock } = context;
  const file = readBundleFile(text);
  const bundle = await openBundle(file, passphrase);
  await decideImport(installation.dataDir, { at: clock.now(), by: asker(by), bundle });
  writeAudit(context, by, 'import');
  return { madeAt: file.made_at, madeBy: file.made_by, counts: countsOf(bundle) };
}
