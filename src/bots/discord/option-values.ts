import type { ChatInputCommandInteraction, User } from 'discord.js';
import type { CommandInfo } from '../../commands/command.ts';
import { markOfScreen } from '../../commands/named-screen.ts';

/** The values of a command's options, one per option, preceded by the verb if there is one. */
export function valuesOf(
  { verbs, options }: CommandInfo,
  { options: given }: ChatInputCommandInteraction,
): string[] {
  const texts = (wanted: CommandInfo['options']) =>
    wanted.map(({ name, kind }) => {
      if (kind === 'person') return toPerson(given.getUser(name));
      const text = given.getString(name) ?? '';
      return kind === 'screen' && text !== '' ? markOfScreen(text) : text;
    });
  if (!verbs) return texts(options);
  const verb = verbs.find(({ name }) => name === given.getSubcommand(false));
  return verb ? [verb.name, ...texts(verb.options)] : [];
}

/** A person in the form that commands take: id and name. */
function toPerson(user: User | null): string {
  return user ? `${user.id} ${user.displayName}` : '';
}
