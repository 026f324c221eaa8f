import type { Catalogue } from '../catalogue/catalogue.ts';
import { type AuditContext, writeAudit } from './audit.ts';
import { type Requester, requireRole } from './rights.ts';

export interface ReloadContext extends AuditContext {
  readonly catalogue: Pick<Catalogue, 'refresh'>;
}

/** Milliseconds to wait for the provider. */
const RELOAD_PATIENCE = 2 * 60_000;

/**
 * Reloads the provider's channel list, and takes it even if it has shrunk: the requester knows why.
 * @returns how many channels there were before and are now.
 * @throws AppError not_allowed, or why there is no new list.
 */
export async function reloadCatalogue(
  context: ReloadContext,
  by: Requester,
): Promise<{ before: number; after: number }> {
  requireRole(by, 'administer');
  const signal = AbortSignal.timeout(RELOAD_PATIENCE);
  const { before, after } = await context.catalogue.refresh({ force: true, signal });
  writeAudit(context, by, 'reload', `${before} → ${after}`);
  return { before, after };
}
