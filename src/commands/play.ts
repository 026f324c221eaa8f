import { normaliseName } from '../catalogue/normalise.ts';
import { type Asker, asker } from '../domain/actor.ts';
import type { BroadcastStatus } from '../domain/broadcast-status.ts';
import type { Channel } from '../domain/channel.ts';
import { AppError, type ErrorCode } from '../domain/errors.ts';
import type { Provider } from '../domain/provider.ts';
import { card } from './card.ts';
import type { Command } from './command.ts';
import type { CommandContext } from './context.ts';
import { channelButton, find } from './search.ts';

/** Answers that the provider gives where in truth the account is at fault. */
const suspicious: ReadonlySet<ErrorCode> = new Set([
  'line_in_use',
  'provider_status',
  'channel_web_page',
  'channel_not_video',
  'account_refused',
  'catalogue_empty',
]);
const ACCOUNT_PATIENCE = 4_000;

/** So many buttons, where a name could be several. */
const CHOICES = 6;

export const playCommand: Command = {
  name: 'play',
  options: [{ name: 'channel', isRequired: true, suggests: true }],
  role: 'viewer',
  isPrivate: false,
  async run(call) {
    const { context, actor, phrases, language } = call;
    const wish = (call.values[0] ?? '').trim();
    const id = /^#(\d{1,15})$/.exec(wish)?.[1];
    if (id !== undefined) {
      return card(await play(context, Number(id), asker(actor)), context, language);
    }
    const channels = find(context, wish, CHOICES);
    const [best] = channels;
    if (!best || wish === '') throw new AppError('no_match', { query: wish });
    if (channels.length === 1 || isClear(wish, best, channels)) {
      return card(await play(context, best.id, asker(actor)), context, language);
    }
    return {
      lines: [[phrases.whichOne(wish)]],
      buttons: channels.map((channel) => [channelButton(channel)]),
      isPrivate: true,
    };
  },
};

/** The best match is the wish itself, and no other is. */
function isClear(wish: string, best: Channel, channels: readonly Channel[]): boolean {
  const name = normaliseName(wish);
  const same = channels.filter((channel) => normaliseName(channel.name) === name);
  return same[0] === best;
}

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
    if (catalogue.snapshot().channels.length > 0) throw new AppError('channel_not_found', { channelId });
    throw await realReason(catalogue.lastFailure ?? new AppError('catalogue_not_ready'), provider);
  }
  logger.info({ channelId, askedBy: askedBy.id }, 'channel asked for');
  try {
    return await broadcast.play({ source: provider.source(channelId), name: channel.name }, askedBy);
  } catch (error) {
    throw await realReason(error, provider);
  }
}

/** The account's fault where it has one, since a panel refuses an expired line as it does a busy one. */
async function realReason(error: unknown, provider: Pick<Provider, 'account'>): Promise<unknown> {
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
