import type { CommandContext } from '../commands/context.ts';
import type { Asker } from '../domain/actor.ts';
import type { BroadcastStatus } from '../domain/broadcast-status.ts';
import { AppError, type ErrorCode } from '../domain/errors.ts';
import type { SourceProvider } from '../domain/source-provider.ts';
import { writeAudit } from './audit.ts';

/** Answers that the provider gives where in truth the account is at fault. */
const suspicious: ReadonlySet<ErrorCode> = new Set([
  'line_in_use',
  'provider_status',
  'channel_web_page',
  'channel_clip',
  'channel_not_video',
  'account_refused',
  'catalogue_empty',
]);
const ACCOUNT_PATIENCE = 4_000;

/**
 * Puts a channel on the shared screen and answers once it is there.
 * @param askedBy who wants it, as others may read it.
 * @throws AppError channel_not_found, catalogue_not_ready, or why the channel could not be had.
 */
export async function play(
  context: CommandContext,
  channelId: number,
  askedBy: Asker,
): Promise<BroadcastStatus> {
  const { catalogue, provider, broadcast, logger } = context;
  const channel = catalogue.snapshot().byId.get(channelId);
  if (!channel) {
    if (hasNoList(context)) throw await whyNoList(context);
    throw new AppError('channel_not_found', { channelId });
  }
  logger.info({ channelId, askedBy: askedBy.id }, 'channel asked for');
  try {
    const status = await broadcast.play({ channelId, name: channel.name }, askedBy);
    writeAudit(context, askedBy, 'play', channel.name);
    return status;
  } catch (error) {
    throw await realReason(error, provider);
  }
}

export function hasNoList({ catalogue }: CommandContext): boolean {
  return catalogue.snapshot().channels.length === 0;
}

/** As the provider tells it. */
export function whyNoList({ catalogue, provider }: CommandContext): Promise<unknown> {
  return realReason(catalogue.lastFailure ?? new AppError('catalogue_not_ready'), provider);
}

/** The account's fault where it has one, since a panel refuses an expired line as it does a busy one. */
async function realReason(error: unknown, provider: Pick<SourceProvider, 'account'>): Promise<unknown> {
  if (!(error instanceof AppError && suspicious.has(error.code))) return error;
  try {
    await provider.account(AbortSignal.timeout(ACCOUNT_PATIENCE));
    return error;
  } catch (accountError) {
    return accountError instanceof AppError && accountError.code.startsWith('account_')
      ? accountError
      : error;
  }
}
