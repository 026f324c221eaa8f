import { writeAudit } from '../actions/audit.ts';
import { rights } from '../actions/rights.ts';
import type { Actor, Role } from '../domain/actor.ts';
import { AppError } from '../domain/errors.ts';
import type { Command } from './command.ts';
import type { CommandContext } from './context.ts';
import { forTheAskerAlone } from './direct.ts';

export const loginCommand: Command = {
  name: 'login',
  options: [],
  role: rights.own.role,
  isPrivate: true,
  async run({ context, actor, place, messages }) {
    const link = issueLink(context, actor, 'admin');
    return {
      lines: [[messages.logInHere, ' ', { link, label: link }]],
      buttons: [[{ label: messages.buttons.logIn, url: link }]],
      isPrivate: true,
      ...forTheAskerAlone(place, { command: 'login', values: [] }),
    };
  },
};

/**
 * A one-time link that logs the actor in.
 * @param most what it is good for at most.
 * @throws AppError no_public_url
 */
export function issueLink(context: CommandContext, actor: Actor, most: Role): string {
  const { publicUrl, sessions } = context;
  if (!publicUrl) throw new AppError('no_public_url');
  // `execute` has seen to it that there is a role.
  const link = sessions.issueLink({ ...actor, role: actor.role ?? 'viewer' }, most);
  writeAudit(context, actor, 'login_link');
  return `${publicUrl}/login/${link}`;
}
