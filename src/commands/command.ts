import type { Actor, Language, Place, Role } from '../domain/actor.ts';
import type { ActionName, OptionName, VerbName } from '../domain/command-name.ts';
import type { Messages } from '../words/messages.ts';
import type { CommandContext } from './context.ts';
import type { Reply } from './reply.ts';

/** What a command wants to be told. `channel`: a name in any spelling, or `#` and a channel's id from a button. */
export interface Option {
  readonly name: OptionName;
  /** `person`: an id of the asker's platform, with the name behind it where it is known: `81384 Ada`. */
  readonly kind?: 'person';
  readonly isRequired: boolean;
  /** Suggestions are given while one types. */
  readonly suggests: boolean;
  /** Nothing else is taken. */
  readonly choices?: readonly string[];
}

/** One of the things that a command does, named by its first word: `/fav add`. */
export interface Verb {
  readonly name: VerbName;
  readonly options: readonly Option[];
  /** The answer is for the asker alone. */
  readonly isPrivate: boolean;
}

/** Every command, by name. */
export type Commands = Readonly<Record<ActionName, Command>>;

/** One call of a command. */
export interface Call {
  readonly context: CommandContext;
  readonly commands: Commands;
  readonly actor: Actor;
  readonly place: Place;
  /** When the platform says that it was asked, by its own clock; epoch milliseconds. */
  readonly askedAt: number | null;
  /** One for each option, in their order; missing ones are empty. Where there are verbs, the verb comes first. */
  readonly values: readonly string[];
  /** In the language of whoever reads the answer: the asker's if it is private, else the place's. */
  readonly messages: Messages;
  readonly language: Language;
  /** Shows how far it is, such as "Opening TF1…"; the answer takes its place. */
  readonly show: (progress: Reply) => void;
}

/** A use case as people call it. Menus, help and checks of rights all follow from this. */
export interface Command {
  readonly name: ActionName;
  readonly options: readonly Option[];
  /** Where it does several things; it has no options of its own then. Without a word the first one is meant. */
  readonly verbs?: readonly Verb[];
  /** The least that one must be. */
  readonly role: Role;
  /** The answer is for the asker alone. */
  readonly isPrivate: boolean;
  /** @throws AppError what went wrong; `execute` turns it into a reply. */
  run(call: Call): Promise<Reply>;
}

/** Whether the answer to a call with these values is for the asker alone. */
export function isPrivateCall({ verbs, isPrivate }: Command, values: readonly string[]): boolean {
  return verbs?.find(({ name }) => name === values[0])?.isPrivate ?? isPrivate;
}
