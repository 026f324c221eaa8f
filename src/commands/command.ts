import type { Actor, Language, Place, Role } from '../domain/actor.ts';
import type { ActionName, OptionName, VerbName } from '../domain/command-name.ts';
import type { Messages } from '../words/messages.ts';
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

/** One call of a command. */
export interface Call<Context> {
  /** The parts of the program that this command declares to need. */
  readonly context: Context;
  /** Every command, by name. */
  readonly commands: CommandInfos;
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

/** How people call a command. Menus, help and checks of rights follow from this. */
export interface CommandInfo {
  readonly name: ActionName;
  readonly options: readonly Option[];
  /** The verbs of a command that does several things; it has no options of its own then. The first one is the default. */
  readonly verbs?: readonly Verb[];
  /** The least role that may call it. */
  readonly role: Role;
  /** Whether only the asker sees the answer. */
  readonly isPrivate: boolean;
}

/** Every command, by name. */
export type CommandInfos = Readonly<Record<ActionName, CommandInfo>>;

/** A command and what it needs to run. */
export interface Command<Context> extends CommandInfo {
  /** @throws AppError what went wrong; `execute` turns it into a reply. */
  readonly run: (call: Call<Context>) => Promise<Reply>;
}

/** Whether the answer to a call with these values is for the asker alone. */
export function isPrivateCall({ verbs, isPrivate }: CommandInfo, values: readonly string[]): boolean {
  return verbs?.find(({ name }) => name === values[0])?.isPrivate ?? isPrivate;
}
