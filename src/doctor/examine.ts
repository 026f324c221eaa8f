import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Language } from '../domain/actor.ts';
import { AppError } from '../domain/errors.ts';
import type { SourceProvider } from '../domain/source-provider.ts';
import type { Clock } from '../lib/clock.ts';
import { doctorMessagesIn } from '../words/messages-in.ts';
import { checkUp, type Finding } from './check-up.ts';
import type { Asking, Facts, Machine } from './facts.ts';

const ACCOUNT_PATIENCE = 5_000;

/** Everything that /doctor looks at. */
export interface ExamineContext {
  readonly machine: Machine;
  readonly provider: Pick<SourceProvider, 'account'>;
  readonly catalogue: Pick<Catalogue, 'snapshot' | 'lastFailure'>;
  readonly clock: Clock;
}

export interface Diagnosis {
  /** The state of the server in one sentence. */
  readonly summary: string;
  readonly findings: readonly Finding[];
}

/** Runs all checks, for chat and web. @param asking null where it is not asked from a chat. */
export async function examine(
  context: ExamineContext,
  asking: Asking | null,
  language: Language,
): Promise<Diagnosis> {
  const findings = checkUp(await gather(context, asking), language);
  const ill = findings.filter(({ mark }) => mark === 'warning' || mark === 'bad').length;
  const { healthy, ill: count } = doctorMessagesIn(language);
  return { summary: ill === 0 ? healthy : count(ill), findings };
}

/** Gathers all facts at the same time; slow ones have timeouts of their own. */
async function gather(
  { machine, provider, catalogue, clock }: ExamineContext,
  asking: Asking | null,
): Promise<Facts> {
  const now = clock.now();
  const [account, disk, publicUrl, jellyfin] = await Promise.all([
    provider.account(AbortSignal.timeout(ACCOUNT_PATIENCE)).catch(wrapUnlogged),
    machine.disk(),
    machine.publicUrl(),
    machine.jellyfin(),
  ]);
  const { channels, refreshedAt } = catalogue.snapshot();
  const failure = catalogue.lastFailure === null ? null : wrapUnlogged(catalogue.lastFailure);
  return {
    ffmpeg: machine.ffmpeg,
    isDemo: machine.isDemo,
    slots: machine.slots,
    bots: machine.bots(),
    account,
    disk,
    database: machine.database(),
    publicUrl,
    discovery: machine.discovery(),
    jellyfin,
    guides: machine.furtherGuides(),
    now,
    catalogue: { channels: channels.length, refreshedAt, failure },
    here: asking && { id: asking.placeId, lacks: asking.lacks },
    ahead: asking?.at == null ? null : now - asking.at,
  };
}

/**
 * Wraps a foreign error as `internal`, since its text may hold the account. Unlike `toAppError` it makes no reference up,
 * since /doctor logs nothing under one.
 */
function wrapUnlogged(error: unknown): AppError {
  return error instanceof AppError ? error : new AppError('internal', { ref: '-' }, { cause: error });
}
