import type { AccountRefresh, Catalogue } from '../catalogue/catalogue.ts';
import { AppError } from '../domain/errors.ts';
import { type AuditContext, writeAudit } from './audit.ts';
import { type Requester, requireRole } from './rights.ts';

export interface ReloadContext extends AuditContext {
  readonly catalogue: Pick<Catalogue, 'refreshEach'>;
}

export interface Reloaded {
  readonly before: number;
  readonly after: number;
  readonly failed: readonly Extract<AccountRefresh, { error: unknown }>[];
}

/** Milliseconds to wait for the provider. */
const RELOAD_PATIENCE = 2 * 60_000;

/**
 * Reloads the channel lists of all accounts, and takes them even if they have shrunk: the requester knows why.
 * @returns how many channels the lists that came had before and have now, and why the others did not.
 * @throws AppError not_allowed, or why there is no new list at all.
 */
export async function reloadCatalogue(context: ReloadContext, by: Requester): Promise<Reloaded> {
  requireRole(by, 'administer');
  const signal = AbortSignal.timeout(RELOAD_PATIENCE);
  const outcomes = await context.catalogue.refreshEach({ force: true, signal });
  const good = outcomes.filter((outcome) => 'after' in outcome);
  const failed = outcomes.filter((outcome) => 'error' in outcome);
  if (good.length === 0) throw failed[0]?.error ?? new AppError('catalogue_not_ready');
  const before = good.reduce((sum, outcome) => sum + outcome.before, 0);
  const after = good.reduce((sum, outcome) => sum + outcome.after, 0);
  writeAudit(context, by, 'reload', `${before} → ${after}`);
  return { before, after, failed };
}
