import type { Catalogue } from '../catalogue/catalogue.ts';
import type { AccountInUse } from '../domain/account-in-use.ts';
import type { Language } from '../domain/actor.ts';
import { AppError } from '../domain/errors.ts';
import type { AccountId } from '../domain/ids.ts';
import type { Clock } from '../lib/clock.ts';
import { doctorMessagesIn } from '../words/messages-in.ts';
import { checkUp, type Finding } from './check-up.ts';
import type { AccountFacts, Asking, Facts, Machine } from './facts.ts';

const ACCOUNT_PATIENCE = 5_000;

/** Everything that /doctor looks at. */
export interface ExamineContext {
  readonly machine: Machine;
  readonly accounts: readonly AccountInUse[];
  readonly catalogue: Pick<Catalogue, 'lists'>;
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
  { machine, accounts, catalogue, clock }: ExamineContext,
  asking: Asking | null,
): Promise<Facts> {
  const now = clock.now();
  const [answers, disk, recordings, publicUrl, jellyfin] = await Promise.all([
    Promise.all(
      accounts.map(({ provider }) =>
        provider.account(AbortSignal.timeout(ACCOUNT_PATIENCE)).catch(wrapUnlogged),
      ),
    ),
    machine.disk(),
    machine.recordings(),
    machine.publicUrl(),
    machine.jellyfin(),
  ]);
  return {
    ffmpeg: machine.ffmpeg,
    isDemo: machine.isDemo,
    bots: machine.bots(),
    accounts: accounts.flatMap(({ id, slots }, at): AccountFacts[] => {
      const answer = answers[at];
      return answer ? [{ id, answer, slots, list: listOf(id, catalogue) }] : [];
    }),
    accountsOff: machine.accountsOff,
    disk,
    pasts: machine.pasts(),
    recordings,
    seats: machine.seats(),
    edges: machine.edges(),
    database: machine.database(),
    publicUrl,
    discovery: machine.discovery(),
    jellyfin,
    guides: machine.guides(),
    now,
    here: asking && { id: asking.placeId, lacks: asking.lacks },
    ahead: asking?.at == null ? null : now - asking.at,
  };
}

function listOf(id: AccountId, { lists }: ExamineContext['catalogue']): AccountFacts['list'] {
  const list = lists.find(({ account }) => account === id);
  if (!list) return { channels: 0, refreshedAt: null, failure: null };
  const { channels, refreshedAt, lastFailure } = list;
  return { channels, refreshedAt, failure: lastFailure === null ? null : wrapUnlogged(lastFailure) };
}

/**
 * Wraps a foreign error as `internal`, since its text may hold the account. Unlike `toAppError` it makes no reference up,
 * since /doctor logs nothing under one.
 */
function wrapUnlogged(error: unknown): AppError {
  return error instanceof AppError ? error : new AppError('internal', { ref: '-' }, { cause: error });
}
