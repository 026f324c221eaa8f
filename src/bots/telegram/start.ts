import type { Action } from '../../commands/reply.ts';

/** An action as the payload of `https://t.me/<bot>?start=…`, which may hold letters, digits, `_` and `-` only. */
export function startPayload({ command, values: [value = ''] }: Action): string {
  return value === '' ? command : `${command}_${value.slice(1)}`;
}

/**
 * What /start asks for. Anybody may lead others to such a link, so it does nothing but what is for them alone: a link
 * to a channel, or else the list of what can be done.
 */
export function startAction(payload: string): Action {
  const [wish, id] = /^vlc(?:_(\d{1,15}))?$/.exec(payload) ?? [];
  if (wish === undefined) return { command: 'help', values: [] };
  return { command: 'vlc', values: id === undefined ? [] : [`#${id}`] };
}
