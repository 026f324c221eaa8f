import { type ConfiguredIds, isNobodyLetIn } from '../access/people.ts';
import type { Actor, Place } from '../domain/actor.ts';
import type { ActionName } from '../domain/command-name.ts';
import type { ErrorCode } from '../domain/errors.ts';
import type { People } from '../store/people.ts';
import { messagesIn } from '../words/messages-in.ts';
import { sentence } from '../words/sentence.ts';
import type { CommandInfo } from './command.ts';
import type { Action, Reply } from './reply.ts';

export interface RefuseContext {
  readonly people: Pick<People, 'find' | 'hasStandings' | 'meet'>;
  /** Whom the settings let in. */
  readonly listed: ConfiguredIds;
}

/** What somebody who is let in lacks, where more is asked than their role: an admin may do all. */
const lacking: Readonly<Partial<Record<ActionName, ErrorCode>>> = {
  audio: 'controllers_sound',
  restart: 'controllers_restart',
};

/** Why somebody may not: a greeting for strangers, who are named to the admins, else what their role lacks. */
export function refuse(actor: Actor, place: Place, command: CommandInfo, context: RefuseContext): Reply {
  const { language, role } = actor;
  if (role !== null) return refusal(sentence(language, lacking[command.name] ?? 'admins_only', {}));
  const id = actor.id.slice(actor.platform.length + 1);
  // A post of a channel: there is nobody to tell.
  if (id === '') return { lines: [], isPrivate: true, isSilent: true };
  // Where nobody at all has been let in, the sentence says how that is done.
  if (isNobodyLetIn(actor.platform, context))
    return refusal(sentence(language, `nobody_let_in_${actor.platform}`, { id }));
  // The admins know whom they have shut out.
  if (context.people.find(actor.id)?.standing === 'denied')
    return refusal(sentence(language, 'not_let_in', { id }));
  context.people.meet(actor);
  const { greeting } = messagesIn(language);
  return {
    lines: [[greeting(actor.name)], [{ code: id }]],
    isPrivate: true,
    isRefusal: true,
    toAdmins: knock(actor, id, place),
  };
}

/** Somebody would like to come in. */
function knock({ name }: Actor, id: string, { language }: Place): Reply {
  const { wouldLikeIn, letInAs, no } = messagesIn(language);
  const ask = (label: string, ...values: string[]): { label: string; action: Action } => ({
    label,
    action: { command: 'admin', values },
  });
  return {
    lines: [[wouldLikeIn(name, id)]],
    buttons: [
      [ask(letInAs.viewer, 'allow', id, 'viewer'), ask(letInAs.controller, 'allow', id, 'controller')],
      [ask(no, 'deny', id)],
    ],
    isPrivate: true,
  };
}

function refusal(text: string): Reply {
  return { lines: [[text]], isPrivate: true, isRefusal: true };
}
