import { type Actor, mayAct } from '../domain/actor.ts';
import type { Channel } from '../domain/channel.ts';
import { AppError } from '../domain/errors.ts';
import type { Command, CommandName } from './command.ts';
import type { CommandContext } from './context.ts';
import type { Button } from './reply.ts';

const MOST_BUTTONS = 10;
const LONGEST_LABEL = 60;

export const searchCommand: Command = {
  name: 'search',
  options: [{ name: 'query', isRequired: true, suggests: false }],
  role: 'viewer',
  isPrivate: true,
  async run({ context, values: [query = ''], phrases }) {
    const channels = find(context, query, MOST_BUTTONS);
    if (channels.length === 0) throw new AppError('no_match', { query });
    return {
      lines: [[phrases.found(query)]],
      buttons: channels.map((channel) => [channelButton(channel)]),
      isPrivate: true,
    };
  },
};

/** The best matches first. @throws AppError catalogue_not_ready */
export function find({ catalogue }: CommandContext, query: string, limit: number): readonly Channel[] {
  if (catalogue.snapshot().channels.length === 0)
    throw catalogue.lastFailure ?? new AppError('catalogue_not_ready');
  return catalogue.search(query, { limit, offset: 0 }).items;
}

/** A button that does this with this very channel. */
export function channelButton(
  { id, name }: Pick<Channel, 'id' | 'name'>,
  command: CommandName = 'play',
): Button {
  return { label: name.slice(0, LONGEST_LABEL), action: { command, values: [`#${id}`] } };
}

/** Channels for what somebody is typing; nothing for those who may not ask. Never throws: there is nowhere to say why. */
export function suggest(
  { catalogue }: Pick<CommandContext, 'catalogue'>,
  actor: Pick<Actor, 'role'>,
  typed: string,
  limit: number,
): readonly Channel[] {
  return mayAct(actor, 'viewer') ? catalogue.search(typed, { limit, offset: 0 }).items : [];
}
