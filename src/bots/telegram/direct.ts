import { phrasesIn } from '../../commands/phrases.ts';
import type { Action, Reply } from '../../commands/reply.ts';
import { isForbidden } from './errors.ts';
import type { Origin } from './origin.ts';
import type { Outbox } from './outbox.ts';

/** What a payload may hold. */
const LONGEST_PAYLOAD = 64;

/** What came of sending something to somebody's private chat. */
export type Delivery =
  | { readonly isDelivered: true }
  /** They have not begun that chat yet; this has the button that does. */
  | { readonly isDelivered: false; readonly instead: Reply };

/**
 * Sends an answer to the private chat with the asker. A bot cannot open a private chat, so an asker without one gets a
 * button that opens it and repeats the request.
 */
export async function sendDirect(
  outbox: Outbox,
  { username, again }: { readonly username: string; readonly again: Action },
  { actor, place, person }: Origin,
  reply: Reply,
): Promise<Delivery> {
  try {
    await outbox.send({ chat: person }, reply, { language: actor.language });
    return { isDelivered: true };
  } catch (error) {
    reply.onUndelivered?.();
    if (!isForbidden(error)) throw error;
    const { startFirst, buttons } = phrasesIn(place.language);
    const url = `https://t.me/${username}?start=${startPayload(again)}`;
    const lines = [[startFirst(actor.name)]];
    return {
      isDelivered: false,
      instead: { lines, buttons: [[{ label: buttons.openChat, url }]], isPrivate: false },
    };
  }
}

/** What /start asks for: `play` is answered by a question, all else by what is for the asker alone. */
export interface StartAction {
  readonly command: string;
  /** What would have been typed behind the command. */
  readonly text: string;
}

/**
 * What /start with a payload asks for. Anybody may lead others to press such a button, so it can ask for nothing but what
 * is for them alone: a link to a channel or to log in, a list, how the server is, or else what can be done.
 */
export function startAction(payload: string): StartAction {
  const [, command = 'help', id, words] =
    /^(links|login|vlc|watch|doctor|play|search|channels|epg|fav|history|help)(?:_(\d{1,15})|-([\w-]+))?$/.exec(
      payload,
    ) ?? [];
  if (id !== undefined && ['vlc', 'play', 'epg'].includes(command)) return { command, text: `#${id}` };
  if (words !== undefined && ['search', 'epg'].includes(command)) return { command, text: decoded(words) };
  // Without a channel there is nothing to ask about.
  return command === 'play' ? { command: 'help', text: '' } : { command, text: '' };
}

/** A payload holds letters, digits, `_` and `-` only, and is short: what does not fit is left out. */
export function startPayload({ command, values }: Action): string {
  const [value = ''] = values;
  const id = /^#(\d{1,15})$/.exec(value)?.[1];
  if (id !== undefined) return `${command}_${id}`;
  const payload = `${command}-${Buffer.from(value).toString('base64url')}`;
  return value !== '' && payload.length <= LONGEST_PAYLOAD ? payload : command;
}

function decoded(words: string): string {
  return Buffer.from(words, 'base64url').toString();
}
