import type { CommandContext } from '../../src/commands/context.ts';

/** What may be looked at to tell somebody that they may not. */
const harmless: ReadonlySet<PropertyKey> = new Set(['logger', 'listed', 'clock']);
const harmlessOfPeople: ReadonlySet<PropertyKey> = new Set(['find', 'hasStandings', 'meet', 'all']);

/** The commands' context, with a list of all that was used of it: also of parts that are added later. */
export interface ContextSpy {
  readonly context: CommandContext;
  readonly touched: string[];
}

export function spyOn(context: CommandContext): ContextSpy {
  const touched: string[] = [];
  const people = new Proxy(context.people, {
    get(target, key) {
      if (!harmlessOfPeople.has(key)) touched.push(`people.${String(key)}`);
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return {
    touched,
    context: new Proxy(context, {
      get(target, key) {
        if (key === 'people') return people;
        if (!harmless.has(key)) touched.push(String(key));
        return Reflect.get(target, key);
      },
    }),
  };
}
