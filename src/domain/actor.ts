export type Language = 'fr' | 'en';

/** What somebody may do, each including what comes before it. */
export const roles = ['viewer', 'controller', 'admin'] as const;
export type Role = (typeof roles)[number];

/** Somebody who wants something, wherever they are. */
export interface Actor {
  readonly platform: 'discord' | 'telegram';
  /** The platform's own id of this person. */
  readonly id: string;
  /** As others may read it. */
  readonly name: string;
  /** Null: a stranger, or somebody who was shut out. */
  readonly role: Role | null;
  readonly language: Language;
}

export function mayAct(actor: Pick<Actor, 'role'>, least: Role): boolean {
  return actor.role !== null && roles.indexOf(actor.role) >= roles.indexOf(least);
}
