import { decideStanding, type StandingContext } from '../actions/decide-standing.ts';
import { type ReloadContext, reloadCatalogue } from '../actions/reload-catalogue.ts';
import { rights } from '../actions/rights.ts';
import { findLike } from '../catalogue/names/find-like.ts';
import { type Asker, languages, type Role, roles } from '../domain/actor.ts';
import { AppError } from '../domain/errors.ts';
import type { People, Standing } from '../store/people.ts';
import { accountName } from '../words/account-name.ts';
import type { Line } from '../words/line.ts';
import { messagesIn } from '../words/messages-in.ts';
import { sentence } from '../words/sentence.ts';
import type { Call, Command } from './command.ts';
import type { Reply } from './reply.ts';

type Context = ReloadContext & StandingContext & PeopleContext;

interface PeopleContext {
  readonly people: Pick<People, 'all' | 'nameOf'>;
}

export const adminCommand: Command<Context> = {
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

function allow(call: Call<Context>, [whom = '', wish = '']: readonly string[]): Reply {
  if (whom.trim() === '') return uses(call);
  const [nearly] = wish === '' ? findLike(roles, lastWord(whom), (role) => roleNames(role), 1) : [];
  if (nearly && isNearly(lastWord(whom), nearly)) return didYouMean(call, whom, nearly);
  const person = decideOn(call, whom, toRole(wish));
  return tell(call.messages.allowed(person.name, toRole(wish)));
}

function deny(call: Call<Context>, [whom = '']: readonly string[]): Reply {
  if (whom.trim() === '') return uses(call);
  const person = decideOn(call, whom, 'denied');
  return tell(call.messages.denied(person.name));
}

/** The help of /admin. */
function uses({ messages }: Pick<Call<Context>, 'messages'>): Reply {
  const lines = (['allow', 'deny', 'reload'] as const).map(
    (verb): Line => [{ code: `/admin ${verb}` }, ` ${messages.verbs.admin[verb]}`],
  );
  return { lines: [[messages.adminUses], ...lines, [messages.adminWhom]], isPrivate: true };
}

/** Asks about a misspelt role: in "321 controler" the last word is nearly a role. */
function didYouMean({ actor, context, messages }: Call<PeopleContext>, whom: string, nearly: Role): Reply {
  const rest = whom.trim().slice(0, -lastWord(whom).length).trim();
  const { id } = toPerson({ actor, context }, rest);
  const plainId = id.slice(actor.platform.length + 1);
  const choices: readonly Role[] = nearly === 'viewer' ? ['viewer'] : ['viewer', nearly];
  const buttons = choices.map((role) => ({
    label: messages.roles[role],
    action: { command: 'admin', values: ['allow', plainId, role] },
  }));
  return { lines: [[messages.didYouMean(messages.roles[nearly])]], buttons: [buttons], isPrivate: true };
}

function roleNames(role: Role): string[] {
  return [role, ...languages.map((language) => messagesIn(language).roles[role])];
}

/** Whether a word is a misspelt role. The exact role is not: where it is left over, it is part of somebody's name. */
function isNearly(word: string, role: Role): boolean {
  if (word.toLowerCase() === role) return false;
  return roleNames(role).some((name) => Math.abs(name.length - word.length) <= 2);
}

function lastWord(text: string): string {
  return /\s(\S+)$/.exec(text.trim())?.[1] ?? '';
}

async function reload({ context, actor, messages }: Call<Context>): Promise<Reply> {
  const { before, after, failed } = await reloadCatalogue(context, actor);
  const { language } = actor;
  const others = failed.map(({ account, error }): Line => {
    const { code, params } = error instanceof AppError ? error : new AppError('provider_unreachable');
    return [messages.notReloaded(accountName(account, language), sentence(language, code, params))];
  });
  return { lines: [[messages.reloaded(before, after)], ...others], isPrivate: true };
}

/** @throws AppError unknown_person, own_rights, owners_rights */
function decideOn({ actor, context, place }: Call<Context>, whom: string, standing: Standing): Asker {
  const person = toPerson({ actor, context }, whom);
  decideStanding(context, actor, person, standing, place.owner);
  return person;
}

/**
 * Finds a person by an id, which a name may follow, or by the name of somebody known on the platform.
 * @throws AppError unknown_person, several_people
 */
function toPerson({ actor, context }: Pick<Call<PeopleContext>, 'actor' | 'context'>, whom: string): Asker {
  const { people } = context;
  const [, plainId, name] = /^(\d{1,20})(?:\s+(.+))?$/s.exec(whom.trim()) ?? [];
  if (plainId !== undefined) {
    const id = `${actor.platform}:${plainId}`;
    return { id, name: name ?? people.nameOf(id) ?? plainId };
  }
  const known = people.all().filter(({ id }) => id.startsWith(`${actor.platform}:`));
  const [first, second] = findLike(known, whom.replace(/^@/, ''), (person) => [person.name], 2);
  // Rights are never given to a guessed person.
  if (!first || second) throw new AppError(second ? 'several_people' : 'unknown_person', { person: whom });
  return { id: first.id, name: first.name };
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
