import { type Actor, type Asker, mayAct, type Role } from '../domain/actor.ts';
import { AppError } from '../domain/errors.ts';
import type { Etiquette } from '../domain/etiquette.ts';
import type { Screen } from '../stream/screen/screen.ts';
import { mayRecord, type RecordingQuota } from './recording-quota.ts';

export interface Right {
  /** The least role that has this right. */
  readonly role: Role;
  /** The rule that applies as well: `choose` is `judgeSwitch`, `stop` is `mayStop`, `record` is `mayRecord`. */
  readonly rule: 'choose' | 'stop' | 'record' | null;
}

/** Who may do what: the one table for chat, HTTP and the pages. */
export const rights = {
  /** Channels, the guide, the channel on air and the history. */
  look: { role: 'viewer', rule: null },
  /** The person's own favourites, private links, log-ins and language. */
  own: { role: 'viewer', rule: null },
  vote: { role: 'viewer', rule: null },
  react: { role: 'viewer', rule: null },
  clip: { role: 'viewer', rule: null },
  play: { role: 'viewer', rule: 'choose' },
  stop: { role: 'viewer', rule: 'stop' },
  restart: { role: 'controller', rule: null },
  audio: { role: 'controller', rule: null },
  /** Planning recordings, changing and removing one's own; those of others are for controllers. */
  record: { role: 'viewer', rule: 'record' },
  /** Which screen a place in a chat is about. */
  useScreen: { role: 'controller', rule: null },
  /** Adding, removing and changing screens: each may take a connection of its own. */
  screens: { role: 'admin', rule: null },
  /** People, invitations, tokens, what belongs to others, the audit log, the server. */
  administer: { role: 'admin', rule: null },
} as const satisfies Readonly<Record<string, Right>>;

export type RightName = keyof typeof rights;

/** Whoever asks for an action: an actor of a chat, or a visitor of the pages. */
export type Requester = Asker & Pick<Actor, 'role'>;

/** Refuses an action to anybody whose role does not have the right to it. @throws AppError not_allowed */
export function requireRole(by: Pick<Requester, 'role'>, right: RightName): void {
  if (!mayAct(by, rights[right].role)) throw new AppError('not_allowed');
}

/** Refuses a change of what is on a screen to anybody whose role is too low for it. @throws AppError not_allowed, screen_closed */
export function requireControl(
  by: Pick<Requester, 'role'>,
  right: RightName,
  { facts }: Pick<Screen, 'facts'>,
): void {
  requireRole(by, right);
  if (!mayAct(by, facts.control)) throw new AppError('screen_closed', { screen: facts.name });
}

/** Whether somebody may watch a screen, as far as the screen itself says. @param role null for a stranger. */
export function mayWatchScreen(role: Role | null, { facts }: Pick<Screen, 'facts'>): boolean {
  return facts.watch === null || mayAct({ role }, facts.watch);
}

/** The rights of a role that do not depend on the channel on air. */
export function rightsOf(
  by: Pick<Actor, 'role'>,
  { etiquette, ...quota }: RecordingQuota & { readonly etiquette: Etiquette },
): RightName[] {
  const names = Object.keys(rights) as RightName[];
  return names.filter((name) => {
    const { rule } = rights[name];
    if (rule === 'record') return mayRecord(by, quota);
    const isForControllers = rule === 'choose' && etiquette === 'controllers';
    return mayAct(by, isForControllers ? 'controller' : rights[name].role);
  });
}
