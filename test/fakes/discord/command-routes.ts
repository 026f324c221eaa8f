import { isDeepStrictEqual } from 'node:util';
import type { RESTPutAPIApplicationCommandsJSONBody } from 'discord.js';
import { refusal } from './api-error.ts';
import type { Route, RouteRequest } from './route.ts';
import { type CommandNode, checkCommands } from './validate-command.ts';
import type { Violation } from './violations.ts';
import type { World } from './world.ts';

/** `global`, or the id of a server. */
export type CommandScope = string;

/** A registered command as the service returns it. */
export interface RegisteredCommand extends CommandNode {
  readonly id: string;
  readonly type: number;
  readonly default_member_permissions: string | null;
  readonly contexts: readonly number[] | null;
  readonly dm_permission?: boolean;
  readonly guild_id?: string;
}

/** The commands that people see, by scope. */
export class Commands {
  readonly #world: World;
  readonly #scopes = new Map<CommandScope, readonly RegisteredCommand[]>();
  readonly #bodies = new Map<CommandScope, unknown>();

  constructor(world: World) {
    this.#world = world;
    world.violations.addCheck(() => this.#shownTwice());
  }

  in(scope: CommandScope): readonly RegisteredCommand[] {
    return this.#scopes.get(scope) ?? [];
  }

  /** Finds a command by name in a place; a server's own commands come first. */
  find(name: string, guildId: string | null): RegisteredCommand | undefined {
    const scopes = guildId === null ? ['global'] : [guildId, 'global'];
    return scopes.flatMap((scope) => this.in(scope)).find((command) => command.name === name);
  }

  put(scope: CommandScope, json: unknown): readonly RegisteredCommand[] {
    const body = checkCommands(json);
    if (body.length > 0 && isDeepStrictEqual(this.#bodies.get(scope), json)) {
      this.#world.violations.note('registration', `the same commands were registered again (${scope})`);
    }
    this.#bodies.set(scope, json);
    const before = this.in(scope);
    const commands = body.map((command) => this.#register(scope, command, before));
    this.#scopes.set(scope, commands);
    this.#world.changes.notify();
    return commands;
  }

  #register(
    scope: CommandScope,
    command: RESTPutAPIApplicationCommandsJSONBody[number],
    before: readonly RegisteredCommand[],
  ): RegisteredCommand {
    const node = command as CommandNode & Partial<RegisteredCommand>;
    const guild = scope === 'global' ? {} : { guild_id: scope };
    const bits = command.default_member_permissions ?? null;
    return {
      ...node,
      id: before.find(({ name }) => name === node.name)?.id ?? this.#world.ids.next(),
      type: node.type ?? 1,
      description: node.description ?? '',
      default_member_permissions: bits === null ? null : String(bits),
      contexts: node.contexts ?? null,
      ...guild,
      ...{
        application_id: this.#world.applicationId,
        version: this.#world.ids.next(),
        nsfw: false,
        integration_types: [0],
      },
    };
  }

  #shownTwice(): readonly Violation[] {
    const everywhere = new Set(this.in('global').map(({ name }) => name));
    return [...this.#scopes].flatMap(([scope, commands]): Violation[] => {
      const twice = scope === 'global' ? [] : commands.filter(({ name }) => everywhere.has(name));
      if (twice.length === 0) return [];
      const names = twice.map(({ name }) => `/${name}`).join(', ');
      return [
        { kind: 'registration', detail: `${names} shows twice in server ${scope}`, at: this.#world.now() },
      ];
    });
  }
}

/** The routes that register and list commands, globally and for one server. */
export function commandRoutes(world: World, commands: Commands): Route[] {
  const application = '/applications/:application';
  const scopeOf = (request: RouteRequest, guild: boolean): CommandScope => {
    if (request.param('application') !== world.applicationId) throw refusal(50001);
    if (!guild) return 'global';
    const id = request.param('guild');
    if (!world.guilds.has(id)) throw refusal(50001);
    return id;
  };
  return [`${application}/commands`, `${application}/guilds/:guild/commands`].flatMap(
    (pattern, index): Route[] => [
      { method: 'GET', pattern, auth: true, handle: (it) => commands.in(scopeOf(it, index === 1)) },
      { method: 'PUT', pattern, auth: true, handle: (it) => commands.put(scopeOf(it, index === 1), it.json) },
    ],
  );
}
