import type { CommandNode } from './validate-command.ts';

/** The values that a person fills in, by option name. Users, channels and roles are given by id. */
export type OptionValues = Readonly<Record<string, string | number | boolean>>;

/** An option as an interaction carries it. */
export interface WireOption {
  readonly name: string;
  readonly type: number;
  readonly value?: string | number | boolean;
  readonly focused?: true;
  readonly options?: readonly WireOption[];
}

const types = {
  subcommand: 1,
  group: 2,
  string: 3,
  integer: 4,
  boolean: 5,
  user: 6,
  channel: 7,
  role: 8,
  mentionable: 9,
  number: 10,
} as const;

/** The option being typed in, with the text so far. */
export interface Focus {
  readonly name: string;
  readonly text: string;
}

/**
 * Fills in a command as Discord's own client allows, and throws if the client would not allow it.
 * @param path the names of the group and subcommand, if any.
 */
export function fillIn(
  command: CommandNode,
  path: readonly string[],
  values: OptionValues,
  focus?: Focus,
): { readonly options: readonly WireOption[]; readonly focusedType: number | null } {
  const [next, ...rest] = path;
  const nested = (command.options ?? []).filter(
    ({ type }) => type === types.subcommand || type === types.group,
  );
  if (next === undefined) {
    if (nested.length > 0) throw new Error(`/${command.name} wants a subcommand.`);
    return fillLeaf(command, values, focus);
  }
  const child = nested.find(({ name }) => name === next);
  if (!child) throw new Error(`/${command.name} has no subcommand "${next}".`);
  const inner = fillIn({ ...child, options: child.options ?? [] }, rest, values, focus);
  const option: WireOption = { name: next, type: child.type ?? types.subcommand, options: inner.options };
  return { options: [option], focusedType: inner.focusedType };
}

function fillLeaf(
  { name: owner, options = [] }: CommandNode,
  values: OptionValues,
  focus: Focus | undefined,
): { options: readonly WireOption[]; focusedType: number | null } {
  for (const name of Object.keys(values)) {
    if (!options.some((option) => option.name === name))
      throw new Error(`/${owner} has no option "${name}".`);
  }
  const focused = focus && options.find(({ name }) => name === focus.name);
  if (focus && !focused?.autocomplete) throw new Error(`"${focus.name}" of /${owner} has no autocomplete.`);
  const filled = options.flatMap((option): WireOption[] => {
    const { name, type = types.string, required } = option;
    if (focus?.name === name) return [{ name, type, value: focus.text, focused: true }];
    const value = values[name];
    if (value !== undefined) {
      checkValue(option, value);
      return [{ name, type, value }];
    }
    // While somebody is still typing, the rest may be missing.
    if (required && !focus) throw new Error(`/${owner} wants "${name}".`);
    return [];
  });
  return { options: filled, focusedType: focused?.type ?? null };
}

function checkValue(option: CommandNode, value: string | number | boolean): void {
  const { name, type = types.string, choices, autocomplete } = option;
  const no = (why: string) => new Error(`"${name}" cannot be ${JSON.stringify(value)}: ${why}.`);
  switch (type) {
    case types.boolean:
      if (typeof value !== 'boolean') throw no('it is true or false');
      return;
    case types.integer:
    case types.number: {
      if (typeof value !== 'number') throw no('it is a number');
      if (type === types.integer && !Number.isInteger(value)) throw no('it is a whole number');
      if (value < (option.min_value ?? -Infinity)) throw no('it is too small');
      if (value > (option.max_value ?? Infinity)) throw no('it is too big');
      break;
    }
    case types.string:
      if (typeof value !== 'string') throw no('it is a text');
      if (value.length < (option.min_length ?? 0)) throw no('it is too short');
      if (value.length > (option.max_length ?? 6000)) throw no('it is too long');
      break;
    default:
      if (typeof value !== 'string' || !/^\d+$/.test(value)) throw no('it is an id');
      return;
  }
  if (choices?.length && !autocomplete && !choices.some((choice) => choice.value === value)) {
    throw no('it is none of the choices');
  }
}

/** All ids that the options name, by option type. */
export function namedIds(options: readonly WireOption[]): readonly { type: number; id: string }[] {
  return options.flatMap(({ type, value, options: inner }) => [
    ...(type >= types.user && type <= types.mentionable && typeof value === 'string'
      ? [{ type, id: value }]
      : []),
    ...namedIds(inner ?? []),
  ]);
}
