import type { CommandContext } from '../../src/commands/context.ts';

/** The parts of the context that a refusal may use. */
const harmless: ReadonlySet<PropertyKey> = new Set(['logger', 'listed', 'clock', 'onAnswer']);
const harmlessOfPeople: ReadonlySet<PropertyKey> = new Set(['find', 'hasStandings', 'meet', 'all']);

/** Wraps the commands' context and lists every use of it, including of parts that are added later. */
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
