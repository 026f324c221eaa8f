export const languages = ['fr', 'en'] as const;
export type Language = (typeof languages)[number];

/** Each role may do everything that the roles before it may do. */
export const roles = ['viewer', 'controller', 'admin'] as const;
export type Role = (typeof roles)[number];

export const platforms = ['discord', 'telegram'] as const;

export type Platform = (typeof platforms)[number];

/** A person as the history and the audit log store them. */
export interface Asker {
  /** The platform and its own id of the person, such as `discord:81384788765712384`; `console` for the holder of the admin token. */
  readonly id: string;
  /** The name that other people see. */
  readonly name: string;
}

/** A person who makes a request, on any platform. */
export interface Actor extends Asker {
  readonly platform: Platform;
  /** Null for a stranger, or for a person whose access was taken away. */
  readonly role: Role | null;
  readonly language: Language;
}

/** Reduces an actor to the fields that are stored. */
export function asker({ id, name }: Asker): Asker {
  return { id, name };
}

/** A permission that a bot needs in a place to show the current channel. */
export type BotPermission = 'view' | 'send' | 'embed';

/** A place where people talk to a bot: a channel, a group or a topic of a group. Replies there use the place's language. */
export interface Place {
  /** The platform and its own ids: `discord:4711`, `telegram:-100123`, `telegram:-100123:7` for a topic. */
  readonly id: string;
  readonly platform: Platform;
  readonly language: Language;
  /** True where only the asker reads the messages. */
  readonly isPrivate: boolean;
  /** The owner's actor id, where the platform tells it. */
  readonly owner?: string;
  /** Permissions that the bot needs here and does not have. */
  readonly lacks?: readonly BotPermission[];
}

/** Whether the actor's role is `least` or a higher one. */
export function mayAct(actor: Pick<Actor, 'role'>, least: Role): boolean {
  return actor.role !== null && roles.indexOf(actor.role) >= roles.indexOf(least);
}
