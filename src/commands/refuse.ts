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

/** The sentence for commands that need a role above the asker's; all others are for admins. */
const lacking: Readonly<Partial<Record<ActionName, ErrorCode>>> = {
  audio: 'controllers_sound',
  restart: 'controllers_restart',
  screen: 'controllers_screens',
  record: 'controllers_record',
  series: 'controllers_record',
};

/** Refuses a command: greets strangers and names them to the admins, and tells others which role it needs. */
export function refuse(actor: Actor, place: Place, command: CommandInfo, context: RefuseContext): Reply {
  const { language, role } = actor;
  if (role !== null) return refusal(sentence(language, lacking[command.name] ?? 'admins_only', {}));
  const id = actor.id.slice(actor.platform.length + 1);
  // A channel's post has no author to answer.
  if (id === '') return { lines: [], isPrivate: true, isSilent: true };
  // While nobody has been let in, the sentence says how to let people in.
  if (isNobodyLetIn(actor.platform, context))
    return refusal(sentence(language, `nobody_let_in_${actor.platform}`, { id }));
  // Admins are not asked again about a person whom they have shut out.
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

/** Asks the admins whether to let a stranger in. */
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
