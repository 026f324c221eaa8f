import type { Action, Reply } from '../../commands/reply.ts';
import { messagesIn } from '../../words/messages-in.ts';
import { isForbidden } from './errors.ts';
import type { Origin } from './origin.ts';
import type { Outbox } from './outbox.ts';

/** The most characters of a payload. */
const LONGEST_PAYLOAD = 64;

/** The result of sending a reply to a private chat. */
export type Delivery =
  | { readonly isDelivered: true }
  /** The person has not started the private chat; `instead` has a button that starts it. */
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
    const { startFirst, buttons } = messagesIn(place.language);
    const url = `https://t.me/${username}?start=${startPayload(again)}`;
    const lines = [[startFirst(actor.name)]];
    return {
      isDelivered: false,
      instead: { lines, buttons: [[{ label: buttons.openChat, url }]], isPrivate: false },
    };
  }
}

/** The command that a /start payload stands for. `play` asks for confirmation; all others answer the asker alone. */
export interface StartAction {
  readonly command: string;
  /** The text that would follow the typed command. */
  readonly text: string;
}

/**
 * Decodes the payload of /start. Anybody can make others press such a link, so it may only stand for commands that
 * affect the asker alone: a link to a channel or to log in, a list, the state of the server, or else the help.
 */
export function startAction(payload: string): StartAction {
  const [, command = 'help', id, words] =
    /^(links|login|vlc|watch|doctor|play|search|channels|epg|fav|history|recordings|help)(?:_(k?\d{1,15})|-([\w-]+))?$/.exec(
      payload,
    ) ?? [];
  if (id !== undefined && ['vlc', 'play', 'epg'].includes(command)) return { command, text: markOf(id) };
  if (words !== undefined && ['search', 'epg', 'vlc'].includes(command))
    return { command, text: decoded(words) };
  // Without a channel there is nothing to confirm.
  return command === 'play' ? { command: 'help', text: '' } : { command, text: '' };
}

/** Encodes an action for /start: at most 64 letters, digits, `_` and `-`. A value that does not fit is left out. */
export function startPayload({ command, values }: Action): string {
  const [value = ''] = values;
  const [, sign, id] = /^([#~])(\d{1,15})$/.exec(value) ?? [];
  if (id !== undefined) return `${command}_${sign === '~' ? 'k' : ''}${id}`;
  const payload = `${command}-${Buffer.from(value).toString('base64url')}`;
  return value !== '' && payload.length <= LONGEST_PAYLOAD ? payload : command;
}

/** `k123` is a key; numbers alone are the provider's, as in links of version 0.2. */
function markOf(id: string): string {
  return id.startsWith('k') ? `~${id.slice(1)}` : `#${id}`;
}

function decoded(words: string): string {
  return Buffer.from(words, 'base64url').toString();
}
