export const languages = ['fr', 'en'] as const;
export type Language = (typeof languages)[number];

/** What somebody may do, each including what comes before it. */
export const roles = ['viewer', 'controller', 'admin'] as const;
export type Role = (typeof roles)[number];

export type Platform = 'discord' | 'telegram';

/** Somebody by what is kept of them: `discord:81384788765712384`. */
export interface Asker {
  /** The platform and its own id of this person; `console` for whoever holds the admin token. */
  readonly id: string;
  /** As others may read it. */
  readonly name: string;
}

/** Somebody who wants something, wherever they are. */
export interface Actor extends Asker {
  readonly platform: Platform;
  /** Null: a stranger, or somebody who was shut out. */
  readonly role: Role | null;
  readonly language: Language;
}

/** Of somebody, what is kept. */
export function asker({ id, name }: Asker): Asker {
  return { id, name };
}

/** What a bot needs in a place, to show what is on. */
export type BotPermission = 'view' | 'send' | 'embed';

/** Where somebody wants it: a channel, a group, a topic of one. What is said there is in the place's language. */
export interface Place {
  /** The platform and its own ids: `discord:4711`, `telegram:-100123`, `telegram:-100123:7` for a topic. */
  readonly id: string;
  readonly platform: Platform;
  readonly language: Language;
  /** Nobody but the asker reads here. */
  readonly isPrivate: boolean;
  /** Whose it is, by their id as an actor, where the platform says so. */
  readonly owner?: string;
  /** What the bot would need here and may not do. */
  readonly lacks?: readonly BotPermission[];
}

export function mayAct(actor: Pick<Actor, 'role'>, least: Role): boolean {
  return actor.role !== null && roles.indexOf(actor.role) >= roles.indexOf(least);
}
