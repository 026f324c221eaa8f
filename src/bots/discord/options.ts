import { ApplicationCommandOptionType, type RESTPutAPIApplicationCommandsJSONBody } from 'discord.js';
import { type Commands, commandNames } from '../../commands/command.ts';
import { phrasesIn } from '../../commands/phrases.ts';

/** The registry as Discord's slash commands, in English with French beside it. */
export function slashCommands(commands: Commands): RESTPutAPIApplicationCommandsJSONBody {
  const en = phrasesIn('en');
  const fr = phrasesIn('fr');
  return commandNames.map((name) => ({
    name,
    description: en.does[name],
    description_localizations: { fr: fr.does[name] },
    options: commands[name].options.map((option) => ({
      type: ApplicationCommandOptionType.String as const,
      name: option.name,
      description: en.options[option.name],
      description_localizations: { fr: fr.options[option.name] },
      required: option.isRequired,
      ...(option.suggests ? { autocomplete: true as const } : {}),
    })),
  }));
}
