import { ChannelUnavailable } from '../actions/channel-unavailable.ts';
import { SwitchQuestion } from '../actions/etiquette.ts';
import { mayWatchScreen } from '../actions/rights.ts';
import { labelOf } from '../catalogue/channel-title.ts';
import type { Actor, Language, Place } from '../domain/actor.ts';
import { chosenChannel } from '../domain/broadcast-status.ts';
import { type AppError, type ErrorCode, toAppError } from '../domain/errors.ts';
import type { Logger } from '../lib/logger.ts';
import type { Screen } from '../stream/screen/screen.ts';
import type { Screens } from '../stream/screen/screens.ts';
import { messagesIn } from '../words/messages-in.ts';
import { sentence } from '../words/sentence.ts';
import { type AlternativesContext, alternatives } from './alternatives.ts';
import { channelButton } from './channel-choice.ts';
import { questionReply } from './question-reply.ts';
import type { Button, Reply } from './reply.ts';

export type FailureContext = AlternativesContext;

export interface ErrorReplyContext extends FailureContext {
  readonly screens: Pick<Screens, 'all'>;
  readonly logger: Pick<Logger, 'info' | 'error'>;
}

/** The call that failed. */
interface FailedCall {
  readonly actor: Actor;
  readonly place: Place;
  readonly command: string;
  /** The screen that it was about; null where that is not known. */
  readonly screen: Pick<Screen, 'id'> | null;
}

/** Where the account is at fault, no other channel helps. */
const accountCodes: ReadonlySet<ErrorCode> = new Set([
  'account_refused',
  'account_expired',
  'account_disabled',
]);

/**
 * Turns whatever a command threw into what the asker reads, and logs it: the one place for commands where errors become
 * replies.
 */
export function errorReply(
  error: unknown,
  { actor, place, command, screen }: FailedCall,
  context: ErrorReplyContext,
): Reply {
  const known = toAppError(error);
  const { code, params } = known;
  if (known instanceof SwitchQuestion) return questionReply(known.question, { actor, place, context });
  // A person who presses without end should not get a message for each press.
  if (code === 'reacts_too_fast')
    return { lines: [[sentence(actor.language, code, params)]], isPrivate: true, isFleeting: true };
  const { logger } = context;
  if (known instanceof ChannelUnavailable) {
    logger.info({ channelId: known.channel.id, code, err: known }, 'the channel could not be opened');
    const reply = failureReply(known, context, actor.language);
    return code === 'no_slot' ? withOtherScreens(reply, context, screen, actor) : reply;
  }
  logger[code === 'internal' ? 'error' : 'info']({ command, ...params, err: known }, 'command failed');
  // A person who replaced their own request knows.
  if (params.byId === actor.id) return { lines: [], isPrivate: true, isSilent: true };
  return { ...failureReply(known, context, actor.language), isRefusal: true };
}

/** Offers what other screens show, which takes no further connection. */
function withOtherScreens(
  reply: Reply,
  context: ErrorReplyContext,
  own: Pick<Screen, 'id'> | null,
  { language, role }: Actor,
): Reply {
  const { onOtherScreen } = messagesIn(language);
  const joins = context.screens.all().flatMap((screen): Button[] => {
    const onAir = chosenChannel(screen.broadcast.status);
    if (!onAir || screen.id === own?.id || !mayWatchScreen(role, screen)) return [];
    return [channelButton(context, onAir, onOtherScreen(labelOf(context, onAir), screen.facts.name))];
  });
  return joins.length === 0 ? reply : { ...reply, buttons: joins.map((button) => [button]) };
}

/** The sentence of an error; for a channel that could not be opened, its name and other channels as well. */
export function failureReply(error: AppError, context: FailureContext, language: Language): Reply {
  const { code, params } = error;
  const text = sentence(language, code, params);
  if (!(error instanceof ChannelUnavailable)) return { lines: [[text]], isPrivate: true };
  const { channel } = error;
  return {
    lines: [['✖ ', { bold: labelOf(context, channel) }, ` · ${text}`]],
    buttons: accountCodes.has(code) ? [] : alternatives(context, channel, language),
    isPrivate: true,
  };
}
