import { questionBefore } from '../actions/control.ts';
import { play } from '../actions/play.ts';
import type { Question } from '../actions/rights.ts';
import { titleOf } from '../catalogue/channel-title.ts';
import { type Asker, asker, type Language } from '../domain/actor.ts';
import { AppError, type ErrorCode } from '../domain/errors.ts';
import { messagesIn } from '../words/messages-in.ts';
import { sentence } from '../words/sentence.ts';
import { alternatives } from './alternatives.ts';
import { card } from './card.ts';
import type { Call } from './command.ts';
import type { CommandContext } from './context.ts';
import type { Button, Reply } from './reply.ts';

/** Where the account is at fault, another channel is no way out. */
const noWayOut: ReadonlySet<ErrorCode> = new Set(['account_refused', 'account_expired', 'account_disabled']);

/** Something else was wanted meanwhile: the channel is not to blame. */
const gaveWay: ReadonlySet<ErrorCode> = new Set(['superseded', 'overtaken', 'called_off']);

/**
 * What comes of somebody's wish for this very channel: the card, why it does not come, or first a question, where
 * others watch what somebody else has put on.
 * @param insteadOf the channel that they were asked about and mean to switch from.
 * @throws AppError controllers_only, channel_not_found, catalogue_not_ready
 */
export async function fulfil(call: Call, channelId: number, insteadOf?: number): Promise<Reply> {
  const { context, actor, language } = call;
  const question = questionBefore(context, actor, { action: 'play', channelId, insteadOf });
  if (question) return ask(call, question);
  const wanted = context.catalogue.snapshot().byId.get(channelId);
  if (wanted && context.broadcast.status.channel?.id !== channelId) {
    const { name } = titleOf(context, wanted);
    call.show({ lines: [[messagesIn(language).opening(name)]], isPrivate: false });
  }
  return carryOut(context, channelId, asker(actor), { card: language, failure: actor.language });
}

/**
 * Puts a channel on, whoever may be disturbed.
 * @throws AppError channel_not_found, catalogue_not_ready; superseded, overtaken or called_off where it gave way
 */
export async function carryOut(
  context: CommandContext,
  channelId: number,
  askedBy: Asker,
  languages: { readonly card: Language; readonly failure: Language },
): Promise<Reply> {
  const channel = context.catalogue.snapshot().byId.get(channelId);
  try {
    return card(await play(context, channelId, askedBy), context, languages.card);
  } catch (error) {
    if (!channel || !(error instanceof AppError) || gaveWay.has(error.code)) throw error;
    const { code, params } = error;
    context.logger.info({ channelId, code, err: error }, 'the channel could not be opened');
    return {
      lines: [
        ['✖ ', { bold: titleOf(context, channel).name }, ` · ${sentence(languages.failure, code, params)}`],
      ],
      buttons: noWayOut.has(code) ? [] : alternatives(context, channel),
      isPrivate: true,
    };
  }
}

function ask({ context, actor, place }: Call, { viewers, onAir, askedBy, wanted }: Question): Reply {
  const { watching, switchTo, buttons: labels } = messagesIn(actor.language);
  const buttons: Button[] = [
    { label: labels.switch, action: { command: 'play', values: [`#${wanted.id}!${onAir.id}`] } },
    { label: labels.askRoom, action: { command: 'vote', values: ['ask', `${wanted.id}`, `${onAir.id}`] } },
    { label: labels.cancel, action: { command: 'vote', values: ['cancel'] } },
  ];
  return {
    lines: [
      [
        watching(viewers, titleOf(context, onAir).name, askedBy),
        ' ',
        { bold: switchTo(titleOf(context, wanted).name) },
      ],
    ],
    // Alone with the bot there is no room to ask.
    buttons: [place.isPrivate ? buttons.filter(({ label }) => label !== labels.askRoom) : buttons],
    isPrivate: true,
  };
}
