import { DiscordAPIError, RateLimitError, REST, type RESTOptions, Routes } from 'discord.js';
import { z } from 'zod';
import type { DiscordGuild, DiscordLook, DiscordObstacle, DiscordRole } from '../../domain/discord-look.ts';
import { AppError } from '../../domain/errors.ts';
import { describeError, lacksAccess } from './errors.ts';
import { inviteUrl } from './permissions.ts';
import { fetchPicture } from './picture.ts';

export interface LookUpOptions {
  /** The address of an API server such as a proxy; null for Discord's own. */
  readonly apiUrl: string | null;
  /** The address of the server of pictures; Discord's own by default. */
  readonly cdnUrl?: string;
  readonly signal: AbortSignal;
}

/** Milliseconds for one request, and for the picture, which is not worth a longer wait. */
const PATIENCE = 8_000;
const PICTURE_PATIENCE = 3_000;
/** Milliseconds that a rate limit may hold up the look; a longer one ends it. */
const LONGEST_PAUSE = 2_000;
const PICTURE_SIZE = 128;

const userSchema = z.object({
  id: z.string(),
  username: z.string(),
  global_name: z.string().nullish(),
  avatar: z.string().nullish(),
});
const applicationSchema = z.object({
  id: z.string(),
  bot_require_code_grant: z.boolean().default(false),
  interactions_endpoint_url: z.string().nullish(),
});
const guildsSchema = z.array(z.object({ id: z.string(), name: z.string() }));
const rolesSchema = z.array(
  z.object({
    id: z.string(),
    name: z.string(),
    position: z.number(),
    color: z.number(),
    managed: z.boolean(),
  }),
);

/**
 * Asks Discord about the bot of a token: its name and picture, its first 200 servers and their roles.
 * @throws AppError discord_token_refused, discord_busy, discord_not_reached
 */
export async function lookUpDiscord(
  token: string,
  { apiUrl, cdnUrl, signal }: LookUpOptions,
): Promise<DiscordLook> {
  const rest = createRest(token, {
    ...(apiUrl ? { api: apiUrl } : {}),
    ...(cdnUrl ? { cdn: cdnUrl } : {}),
  });
  const get: Get = async (route, schema) => schema.parse(await rest.get(route, { signal }));
  try {
    // The first request shows whether the token is right; a wrong one should not fail several times.
    const user = await get(Routes.user(), userSchema);
    const [application, guilds, picture] = await Promise.all([
      get(Routes.currentApplication(), applicationSchema),
      lookUpGuilds(get),
      user.avatar ? fetchPicture(avatarUrl(rest, user.id, user.avatar), pictureSignal(signal)) : null,
    ]);
    return {
      bot: { name: user.global_name ?? user.username, picture },
      applicationId: application.id,
      inviteUrl: inviteUrl(application.id),
      guilds,
      obstacle: obstacleOf(application),
    };
  } catch (error) {
    throw explain(error);
  }
}

/** Gets an answer of a route and checks its form. */
type Get = <T>(route: `/${string}`, schema: z.ZodType<T>) => Promise<T>;

function createRest(token: string, addresses: Partial<RESTOptions>): REST {
  const rest = new REST({
    ...addresses,
    retries: 0,
    timeout: PATIENCE,
    // Without a time to wait, the library would repeat the request at once.
    rejectOnRateLimit: ({ retryAfter }) => retryAfter <= 0 || retryAfter > LONGEST_PAUSE,
    // It is used once, so there is nothing to sweep.
    hashSweepInterval: 0,
    handlerSweepInterval: 0,
  });
  return rest.setToken(token);
}

async function lookUpGuilds(get: Get): Promise<DiscordGuild[]> {
  const guilds = await get(Routes.userGuilds(), guildsSchema);
  const found = await Promise.all(guilds.map(async (guild) => lookUpRoles(get, guild)));
  return found.filter((guild) => guild !== null).toSorted((one, other) => one.name.localeCompare(other.name));
}

/** A server with its roles; null if the bot has left it in the meantime. */
async function lookUpRoles(
  get: Get,
  { id, name }: Omit<DiscordGuild, 'roles'>,
): Promise<DiscordGuild | null> {
  try {
    return { id, name, roles: listRoles(id, await get(Routes.guildRoles(id), rolesSchema)) };
  } catch (error) {
    if (lacksAccess(error)) return null;
    throw error;
  }
}

/** @param guildId also the id of @everyone. */
function listRoles(guildId: string, roles: z.infer<typeof rolesSchema>): DiscordRole[] {
  return roles
    .filter(({ id, managed }) => id !== guildId && !managed)
    .toSorted((one, other) => other.position - one.position || (BigInt(one.id) < BigInt(other.id) ? -1 : 1))
    .map(({ id, name, color }) => ({ id, name, colour: color === 0 ? null : hexOf(color) }));
}

function hexOf(colour: number): string {
  return `#${colour.toString(16).padStart(6, '0')}`;
}

function avatarUrl(rest: REST, id: string, hash: string): string {
  return rest.cdn.avatar(id, hash, { extension: 'png', forceStatic: true, size: PICTURE_SIZE });
}

function pictureSignal(signal: AbortSignal): AbortSignal {
  return AbortSignal.any([signal, AbortSignal.timeout(PICTURE_PATIENCE)]);
}

function obstacleOf(application: z.infer<typeof applicationSchema>): DiscordObstacle | null {
  if (application.interactions_endpoint_url) return 'interactions_url';
  return application.bot_require_code_grant ? 'code_grant' : null;
}

/** The error for people. Its cause has no request, which would hold the token. */
function explain(error: unknown): AppError {
  const cause = new Error(describeError(error));
  if (error instanceof RateLimitError)
    return new AppError('discord_busy', { seconds: Math.ceil(error.retryAfter / 1_000) || 60 }, { cause });
  const isRefused = error instanceof DiscordAPIError && error.status === 401;
  return new AppError(isRefused ? 'discord_token_refused' : 'discord_not_reached', {}, { cause });
}
