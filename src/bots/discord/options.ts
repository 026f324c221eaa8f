import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandSubcommandOption,
  ApplicationCommandOptionType,
  PermissionFlagsBits,
  type RESTPutAPIApplicationCommandsJSONBody,
} from 'discord.js';
import type { Option, Verb } from '../../commands/command.ts';
import type { Commands } from '../../commands/registry.ts';
import { type CommandName, commandNames, type VerbName } from '../../domain/command-name.ts';
import type { Messages } from '../../words/messages.ts';
import { messagesIn } from '../../words/messages-in.ts';

const en = messagesIn('en');
const fr = messagesIn('fr');

/** Renders the registry as Discord's slash commands in English and French. Verbs become subcommands. */
export function slashCommands(commands: Commands): RESTPutAPIApplicationCommandsJSONBody {
  return commandNames.map((name) => {
    const { options, role, verbs } = commands[name];
    return {
      name,
      description: en.does[name],
      description_localizations: { fr: fr.does[name] },
      // Only a default that a server's admins may override: every call checks the role again.
      ...(role === 'admin' ? { default_member_permissions: String(PermissionFlagsBits.ManageGuild) } : {}),
      options: verbs?.map((verb) => subcommand(name, verb)) ?? options.map(slashOption),
    };
  });
}

function subcommand(command: CommandName, { name, options }: Verb): APIApplicationCommandSubcommandOption {
  return {
    type: ApplicationCommandOptionType.Subcommand,
    name,
    description: textOf(en, command, name),
    description_localizations: { fr: textOf(fr, command, name) },
    options: options.map(slashOption),
  };
}

function textOf({ verbs }: Messages, command: CommandName, verb: VerbName): string {
  const texts: Readonly<Partial<Record<CommandName, Partial<Record<VerbName, string>>>>> = verbs;
  return texts[command]?.[verb] ?? '';
}

function slashOption({
  name,
  kind,
  isRequired,
  suggests,
  choices,
}: Option): APIApplicationCommandBasicOption {
  const common = {
    name,
    description: en.options[name],
    description_localizations: { fr: fr.options[name] },
    required: isRequired,
  };
  if (kind === 'person') return { ...common, type: ApplicationCommandOptionType.User };
  const option = { ...common, type: ApplicationCommandOptionType.String as const };
  if (choices) return { ...option, choices: choices.map((choice) => ({ name: choice, value: choice })) };
  return suggests ? { ...option, autocomplete: true } : option;
}
