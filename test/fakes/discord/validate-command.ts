import type { RESTPutAPIApplicationCommandsJSONBody } from 'discord.js';
import { ApplicationCommandUpdateRequestSchema, AvailableLocalesEnumSchema } from 'discord-api-spec/zod';
import { type FormProblem, parseForm, refuseProblems } from './error-tree.ts';

/** A command or an option of one, as a bot registers it. */
export interface CommandNode {
  readonly type?: number;
  readonly name: string;
  readonly description?: string;
  readonly name_localizations?: Readonly<Record<string, string | null>> | null;
  readonly description_localizations?: Readonly<Record<string, string | null>> | null;
  readonly required?: boolean;
  readonly autocomplete?: boolean;
  readonly choices?: readonly CommandChoice[];
  readonly options?: readonly CommandNode[];
  readonly min_value?: number;
  readonly max_value?: number;
  readonly min_length?: number;
  readonly max_length?: number;
}

export interface CommandChoice {
  readonly name: string;
  readonly value: string | number;
  readonly name_localizations?: Readonly<Record<string, string | null>> | null;
}

const slashName = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const slash = 1;
const groupsAndSubcommands: readonly number[] = [1, 2];
const mostCommands = 100;
const mostCharacters = 8000;

/** Parses the commands of a bulk PUT. @throws 50035 with all their problems */
export function checkCommands(value: unknown): RESTPutAPIApplicationCommandsJSONBody {
  if (!Array.isArray(value) || value.length > mostCommands) {
    const message = `Must be a list of at most ${mostCommands}.`;
    refuseProblems([{ path: [], code: 'APPLICATION_COMMAND_TOO_MANY', message }]);
    return [];
  }
  const commands = value.map((command, index) => parseCommand(command, index));
  refuseProblems([
    ...duplicates(
      commands.map(({ type = slash, name }) => `${type} ${name}`),
      [],
      'APPLICATION_COMMANDS_DUPLICATE_NAME',
    ),
    ...commands.flatMap((command, index) => commandProblems(command as CommandNode, [index])),
  ]);
  return commands;
}

function parseCommand(value: unknown, index: number): RESTPutAPIApplicationCommandsJSONBody[number] {
  parseForm(ApplicationCommandUpdateRequestSchema, withNumericPermissions(value), [index]);
  return value as RESTPutAPIApplicationCommandsJSONBody[number];
}

/** The service accepts the bits as text or number, its published schema only as number. */
function withNumericPermissions(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('default_member_permissions' in value)) return value;
  const bits = value.default_member_permissions;
  if (typeof bits !== 'string' || !/^\d+$/.test(bits)) return value;
  return { ...value, default_member_permissions: Number(bits) };
}

function commandProblems(command: CommandNode, path: readonly PropertyKey[]): FormProblem[] {
  const problems = command.type === undefined || command.type === slash ? nodeProblems(command, path) : [];
  if (characters(command) > mostCharacters) {
    problems.push({
      path,
      code: 'APPLICATION_COMMAND_TOO_LARGE',
      message: `Command exceeds maximum size (${mostCharacters})`,
    });
  }
  return problems;
}

function nodeProblems(node: CommandNode, path: readonly PropertyKey[]): FormProblem[] {
  const problems = [...nameProblems(node.name, [...path, 'name'])];
  if (!node.description) {
    problems.push({
      path: [...path, 'description'],
      code: 'BASE_TYPE_REQUIRED',
      message: 'This field is required',
    });
  }
  for (const field of ['name_localizations', 'description_localizations'] as const) {
    for (const [locale, text] of Object.entries(node[field] ?? {})) {
      problems.push(...localeProblems(locale, [...path, field, locale]));
      if (field === 'name_localizations' && text !== null) {
        problems.push(...nameProblems(text, [...path, field, locale]));
      }
    }
  }
  return [...problems, ...choiceProblems(node, path), ...optionProblems(node, path)];
}

function nameProblems(name: string, path: readonly PropertyKey[]): FormProblem[] {
  if (slashName.test(name) && name === name.toLowerCase()) return [];
  return [{ path, code: 'APPLICATION_COMMAND_INVALID_NAME', message: 'Command name is invalid' }];
}

function localeProblems(locale: string, path: readonly PropertyKey[]): FormProblem[] {
  if (AvailableLocalesEnumSchema.safeParse(locale).success) return [];
  return [{ path, code: 'BASE_TYPE_CHOICES', message: `"${locale}" is not a locale of Discord.` }];
}

function choiceProblems({ choices, autocomplete }: CommandNode, path: readonly PropertyKey[]): FormProblem[] {
  if (!choices?.length) return [];
  const base = [...path, 'choices'];
  const problems = duplicates(
    choices.map(({ name }) => name),
    base,
    'APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_DUPLICATE',
  );
  if (autocomplete) {
    const message = 'Choices and autocomplete exclude one another';
    problems.push({ path, code: 'APPLICATION_COMMAND_AUTOCOMPLETE_CHOICES', message });
  }
  for (const [index, { value, name_localizations: names }] of choices.entries()) {
    if (typeof value === 'string' && (value.length < 1 || value.length > 100)) {
      const message = 'Must be between 1 and 100 in length.';
      problems.push({ path: [...base, index, 'value'], code: 'BASE_TYPE_BAD_LENGTH', message });
    }
    for (const locale of Object.keys(names ?? {})) {
      problems.push(...localeProblems(locale, [...base, index, 'name_localizations', locale]));
    }
  }
  return problems;
}

function optionProblems({ options }: CommandNode, path: readonly PropertyKey[]): FormProblem[] {
  if (!options?.length) return [];
  const base = [...path, 'options'];
  const names = options.map(({ name }) => name);
  const problems = duplicates(names, base, 'APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATE');
  const nested = options.filter(({ type }) => groupsAndSubcommands.includes(type ?? 0)).length;
  if (nested > 0 && nested < options.length) {
    const message =
      'Sub-command and sub-command group option types are mutually exclusive to all other types';
    problems.push({ path: base, code: 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID', message });
  }
  const firstOptional = options.findIndex(({ required }) => !required);
  options.forEach((option, index) => {
    problems.push(...nodeProblems(option, [...base, index]));
    if (nested === 0 && option.required && firstOptional !== -1 && index > firstOptional) {
      const message = 'Required options must be placed before non-required options';
      problems.push({
        path: [...base, index],
        code: 'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
        message,
      });
    }
  });
  return problems;
}

function duplicates(names: readonly string[], path: readonly PropertyKey[], code: string): FormProblem[] {
  return names.flatMap((name, index) =>
    names.indexOf(name) < index
      ? [{ path: [...path, index], code, message: `"${name}" is there twice` }]
      : [],
  );
}

/** The size of name, description and choices, each in its longest translation, as the service counts. */
function characters(node: CommandNode): number {
  const longest = (text = '', others?: Readonly<Record<string, string | null>> | null) =>
    Math.max(text.length, ...Object.values(others ?? {}).map((other) => other?.length ?? 0));
  const choices = node.choices?.map(
    ({ name, value, name_localizations: names }) => longest(name, names) + String(value).length,
  );
  const parts = [...(choices ?? []), ...(node.options?.map(characters) ?? [])];
  return parts.reduce(
    (sum, size) => sum + size,
    longest(node.name, node.name_localizations) + longest(node.description, node.description_localizations),
  );
}
