import { type FormProblem, refuseProblems } from './error-tree.ts';
import { wireMyGuild } from './wire.ts';
import type { World } from './world.ts';

const MOST = 200;

/** GET /users/@me/guilds: a page of the bot's servers by id. @throws 50035 for a wrong query */
export function myGuilds(world: World, query: URLSearchParams): readonly Readonly<Record<string, unknown>>[] {
  refuseProblems([...snowflakeProblems(query), ...limitProblems(query)]);
  const after = BigInt(query.get('after') ?? 0);
  const before = query.has('before') ? BigInt(query.get('before') ?? 0) : null;
  const limit = Number(query.get('limit') ?? MOST);
  const guilds = [...world.guilds.values()]
    .filter(({ id }) => BigInt(id) > after && (before === null || BigInt(id) < before))
    .toSorted((one, other) => (BigInt(one.id) < BigInt(other.id) ? -1 : 1));
  const page = before === null ? guilds.slice(0, limit) : guilds.slice(-limit);
  return page.map((guild) => wireMyGuild(world, guild));
}

function snowflakeProblems(query: URLSearchParams): FormProblem[] {
  return ['after', 'before']
    .filter((name) => query.has(name) && !/^\d{1,20}$/.test(query.get(name) ?? ''))
    .map((name) => ({
      path: [name],
      code: 'NUMBER_TYPE_COERCE',
      message: `Value "${query.get(name)}" is not snowflake.`,
    }));
}

function limitProblems(query: URLSearchParams): FormProblem[] {
  const limit = Number(query.get('limit') ?? MOST);
  if (!Number.isInteger(limit))
    return [
      {
        path: ['limit'],
        code: 'NUMBER_TYPE_COERCE',
        message: `Value "${query.get('limit')}" is not int.`,
      },
    ];
  if (limit < 1)
    return [
      {
        path: ['limit'],
        code: 'NUMBER_TYPE_MIN',
        message: 'int value should be greater than or equal to 1.',
      },
    ];
  if (limit <= MOST) return [];
  const message = `int value should be less than or equal to ${MOST}.`;
  return [{ path: ['limit'], code: 'NUMBER_TYPE_MAX', message }];
}
