import { type Context, GrammyError } from 'grammy';
import type { Asked } from '../../commands/execute.ts';
import { phrasesIn } from '../../commands/phrases.ts';
import type { Action, Reply } from '../../commands/reply.ts';
import { renderMessage } from './render.ts';

/**
 * Sends a direct answer to the private chat with the asker. A bot may not begin one: whoever has not, is to be given a
 * button that does, and that asks for the same again by itself.
 * @returns what is to be said in place; null if nothing needs to be.
 */
export async function sendDirect(
  update: Context,
  { actor, place }: Asked,
  reply: Reply,
  again: Action,
): Promise<Reply | null> {
  if (place.isPrivate) return reply;
  const { text, ...others } = renderMessage(reply);
  try {
    await update.api.sendMessage(update.from?.id ?? 0, text, others);
    return null;
  } catch (error) {
    if (!(error instanceof GrammyError && error.error_code === 403)) throw error;
    reply.onUndelivered?.();
    const { startFirst, buttons } = phrasesIn(place.language);
    const url = `https://t.me/${update.me.username}?start=${startPayload(again)}`;
    return {
      lines: [[startFirst(actor.name)]],
      buttons: [[{ label: buttons.openChat, url }]],
      isPrivate: false,
    };
  }
}

/**
 * What /start with a payload asks for. Anybody may lead others to press such a button, so it can ask for nothing but
 * what is for them alone: a link to a channel or to log in, their links, how the server is, or else the list of what can be done.
 */
export function startAction(payload: string): Action {
  const [, command = 'help', id] = /^(links|login|vlc|watch|doctor)(?:_(\d{1,15}))?$/.exec(payload) ?? [];
  return { command, values: id === undefined || command !== 'vlc' ? [] : [`#${id}`] };
}

/** A payload holds letters, digits, `_` and `-` only. */
function startPayload({ command, values: [value = ''] }: Action): string {
  return value === '' ? command : `${command}_${value.slice(1)}`;
}
