import type { Visitor } from '../access/visitor.ts';
import { type BundleParts, makeBundle } from '../bundle/bundle.ts';
import { checkPassphrase, sealBundle } from '../bundle/bundle-file.ts';
import { type AuditContext, writeAudit } from './audit.ts';
import { requireOwner } from './require-owner.ts';

export interface ExportBundleContext extends AuditContext {
  readonly version: string;
  readonly installation: {
    /** What this server has now. */
    parts(): BundleParts;
  };
}

/**
 * Puts the whole installation into a file that only the passphrase opens.
 * @returns the file's text.
 * @throws AppError not_allowed, owners_only, passphrase_short
 */
export async function exportBundle(
  context: ExportBundleContext,
  by: Visitor,
  passphrase: string,
): Promise<string> {
  requireOwner(by);
  checkPassphrase(passphrase);
  const { version, clock, installation } = context;
  const bundle = makeBundle(installation.parts());
  const text = await sealBundle(bundle, passphrase, { version, now: clock.now() });
  writeAudit(context, by, 'export');
  return text;
}
