import type { CommandInfo, Option } from '../../src/commands/command.ts';
import { registry } from '../../src/commands/registry.ts';
import { type CommandName, commandNames } from '../../src/domain/command-name.ts';

/** A call as people make it, and what they type or fill in for it. */
export interface SampleCall {
  readonly name: CommandName;
  readonly command: CommandInfo;
  readonly verb: string | null;
  /** By option. */
  readonly given: Readonly<Record<string, string>>;
  /** As `execute` takes them. */
  readonly values: readonly string[];
  /** For test names: `/fav add`. */
  readonly title: string;
}

/** Every command of the registry, with each of its verbs, so that a new one is tested without being named. */
export const everyCall: readonly SampleCall[] = commandNames.flatMap((name) => {
  const command = registry[name];
  const verbs = command.verbs ?? [{ name: null, options: command.options }];
  return verbs.map(({ name: verb, options }) => {
    const given = Object.fromEntries(options.map((option) => [option.name, sample(option)]));
    const values = options.map(({ name, kind }) =>
      kind === 'screen' ? `>${given[name]}` : (given[name] ?? ''),
    );
    return {
      ...{ name, command, verb, given },
      values: [...(verb === null ? [] : [verb]), ...values],
      title: verb === null ? `/${name}` : `/${name} ${verb}`,
    };
  });
});

function sample({ name, kind, choices }: Option): string {
  if (kind === 'person') return '500000000000000003 Stranger';
  const words: Readonly<Record<string, string>> = {
    ...{ query: 'tf1', screen: 'live', name: 'Salon' },
    until: '21:00-23:00',
  };
  return choices?.[0] ?? words[name] ?? '#1';
}
