import { refusal } from './api-error.ts';
import { myGuilds } from './my-guilds.ts';
import type { Route } from './route.ts';
import { guildChannels, wireChannel, wireGuild, wireMember, wireRoles, wireUser } from './wire.ts';
import type { World } from './world.ts';

/** The routes that look up the bot, people, servers and the gateway's address. */
export function lookupRoutes(world: World, gatewayUrl: () => string): Route[] {
  const get = (pattern: string, handle: Route['handle'], auth = true): Route => ({
    method: 'GET',
    pattern,
    auth,
    handle,
  });
  const application = () => wireApplication(world);
  return [
    get('/gateway', () => ({ url: gatewayUrl() }), false),
    get('/gateway/bot', () => ({
      url: gatewayUrl(),
      shards: 1,
      session_start_limit: { total: 1000, remaining: 999, reset_after: 0, max_concurrency: 1 },
    })),
    get('/users/@me', () => ({
      ...wireUser(world, world.applicationId),
      mfa_enabled: true,
      locale: 'en-US',
      email: null,
      verified: true,
    })),
    get('/users/@me/guilds', ({ query }) => myGuilds(world, query)),
    get('/users/:user', (request) => {
      const id = request.param('user');
      if (!world.users.has(id)) throw refusal(10013);
      return wireUser(world, id);
    }),
    get('/applications/@me', application),
    get('/oauth2/applications/@me', application),
    get('/guilds/:guild', (request) => wireGuild(world.guild(request.param('guild')))),
    get('/guilds/:guild/roles', (request) => wireRoles(world.guild(request.param('guild')))),
    get('/guilds/:guild/channels', (request) =>
      guildChannels(world, world.guild(request.param('guild'))).map((channel) => wireChannel(world, channel)),
    ),
    get('/guilds/:guild/members/:user', (request) => {
      const guild = world.guild(request.param('guild'));
      const id = request.param('user');
      if (!world.users.has(id)) throw refusal(10013);
      if (!guild.members.has(id)) throw refusal(10007);
      return wireMember(world, guild, id);
    }),
  ];
}

function wireApplication(world: World): Readonly<Record<string, unknown>> {
  const bot = wireUser(world, world.applicationId);
  return {
    id: world.applicationId,
    name: bot.global_name,
    icon: null,
    description: '',
    type: null,
    bot,
    bot_public: true,
    bot_require_code_grant: world.application.requiresCodeGrant ?? false,
    integration_types_config: { 0: {} },
    verify_key: '0'.repeat(64),
    flags: 0,
    flags_new: '0',
    redirect_uris: [],
    interactions_endpoint_url: world.application.interactionsUrl ?? null,
    role_connections_verification_url: null,
    owner: bot,
    approximate_guild_count: world.guilds.size,
    approximate_user_install_count: 0,
    approximate_user_authorization_count: 0,
    explicit_content_filter: 0,
    team: null,
    eligible_oauth2_scopes: [],
  };
}
