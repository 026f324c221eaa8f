import type { Actor, Language, Place, Role } from '../domain/actor.ts';
import type { ActionName, OptionName, VerbName } from '../domain/command-name.ts';
import type { Screen } from '../stream/screen/screen.ts';
import type { Messages } from '../words/messages.ts';
import type { Reply } from './reply.ts';

/** An option of a command. The value of `channel` is a name in any spelling, or `#` and a channel's id from a button. */
export interface Option {
  readonly name: OptionName;
  /**
   * `person`: an id of the asker's platform, followed by the name where it is known: `81384 Ada`. `screen`: the screen that the call
   * is about, behind a `>`; `execute` takes it off the values.
   */
  readonly kind?: 'person' | 'screen';
  readonly isRequired: boolean;
  /** Whether suggestions are shown while somebody types. */
  readonly suggests: boolean;
  /** The only values that are accepted. */
  readonly choices?: readonly string[];
}

/** A verb of a command, which is its first word: `/fav add`. */
export interface Verb {
  readonly name: VerbName;
  readonly options: readonly Option[];
  /** Whether only the asker sees the answer. */
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
  /** The screen that the call names, or else the one that the place is about. */
  readonly screen: Screen;
  /** When the command was sent, in epoch milliseconds by the platform's clock; null where that is not known. */
  readonly askedAt: number | null;
  /** One value for each option, in order, empty where it is missing. The verb comes first where there are verbs. */
  readonly values: readonly string[];
  /** The texts in the reader's language: the asker's for a private answer, else the place's. */
  readonly messages: Messages;
  readonly language: Language;
  /** Shows progress such as "Opening TF1…", which the answer replaces. */
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

/** Whether only the asker sees the answer to a call with these values. */
export function isPrivateCall({ verbs, isPrivate }: CommandInfo, values: readonly string[]): boolean {
  return verbs?.find(({ name }) => name === values[0])?.isPrivate ?? isPrivate;
}
