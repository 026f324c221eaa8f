import { type Asker, type Role, roles } from '../domain/actor.ts';
import { AppError } from '../domain/errors.ts';
import type { Standing } from '../store/people.ts';
import type { Call, Command } from './command.ts';
import { record } from './record.ts';
import type { Reply } from './reply.ts';
import { rights } from './rights.ts';

const RELOAD_PATIENCE = 2 * 60_000;

export const adminCommand: Command = {
  name: 'admin',
  options: [],
  verbs: [
    {
      name: 'allow',
      options: [
        { name: 'person', kind: 'person', isRequired: true, suggests: false },
        { name: 'role', isRequired: false, suggests: false, choices: roles },
      ],
      isPrivate: true,
    },
    {
      name: 'deny',
      options: [{ name: 'person', kind: 'person', isRequired: true, suggests: false }],
      isPrivate: true,
    },
    { name: 'reload', options: [], isPrivate: true },
  ],
  role: rights.administer.role,
  isPrivate: true,
  async run(call) {
    const [verb, ...values] = call.values;
    if (verb === 'allow') return allow(call, values);
    if (verb === 'deny') return deny(call, values);
    return reload(call);
  },
};

function allow(call: Call, [whom = '', wish = '']: readonly string[]): Reply {
  const person = decide(call, whom, toRole(wish));
  return tell(call.phrases.allowed(person.name, toRole(wish)));
}

function deny(call: Call, [whom = '']: readonly string[]): Reply {
  const person = decide(call, whom, 'denied');
  // Also those who are watching by one right now.
  call.context.links.revoke(person.id);
  return tell(call.phrases.denied(person.name));
}

/** The list as the provider has it now, also one that has shrunk: whoever asks for it knows why. */
async function reload({ context, actor, phrases }: Call): Promise<Reply> {
  const signal = AbortSignal.timeout(RELOAD_PATIENCE);
  const { before, after } = await context.catalogue.refresh({ force: true, signal });
  record(context, actor, 'reload', `${before} → ${after}`);
  return tell(phrases.reloaded(before, after));
}

/** @throws AppError unknown_person, own_rights, owners_rights */
function decide({ actor, context, place }: Call, whom: string, standing: Standing): Asker {
  const { people, listed, clock, logger } = context;
  const [, plainId, name] = /^(\d{1,20})(?:\s+(.+))?$/s.exec(whom.trim()) ?? [];
  if (plainId === undefined) throw new AppError('unknown_person', { person: whom });
  const id = `${actor.platform}:${plainId}`;
  if (id === actor.id) throw new AppError('own_rights');
  if (id === place.owner || listed[actor.platform].admin.has(plainId)) throw new AppError('owners_rights');
  const person = { id, name: name ?? people.find(id)?.name ?? plainId };
  people.setStanding(person, standing, clock.now());
  if (standing === 'denied') record(context, actor, 'deny', `${person.name} (${id})`);
  else record(context, actor, 'allow', `${person.name} (${id}): ${standing}`);
  logger.info({ by: actor.id, person: id, standing }, 'rights changed');
  return person;
}

/** @throws AppError unknown_choice */
function toRole(wish: string): Role {
  if (wish === '') return 'viewer';
  const role = roles.find((each) => each === wish.toLowerCase());
  if (!role) throw new AppError('unknown_choice', { choice: wish, choices: roles.join(', ') });
  return role;
}

function tell(text: string): Reply {
  return { lines: [[text]], isPrivate: true };
}
