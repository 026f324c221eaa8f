import type { APIUser, UserFlags } from 'discord.js';
import type { Channel, Guild, GuildChannel, World } from './world.ts';

const someTime = '2024-01-01T00:00:00.000Z';
const noFlags = 0 as UserFlags;
/** The name of the bot's picture on the server of pictures. */
export const avatarHash = 'a_0123456789abcdef0123456789abcdef';

/** A user as sent over the network. */
export function wireUser(world: World, id: string): APIUser {
  const name = world.users.get(id) ?? 'somebody';
  return {
    id,
    username: name.toLowerCase().replaceAll(/[^a-z0-9_.]/g, '_'),
    global_name: name,
    discriminator: '0',
    avatar: id === world.applicationId && world.application.avatar ? avatarHash : null,
    public_flags: noFlags,
    flags: noFlags,
    banner: null,
    accent_color: null,
    avatar_decoration_data: null,
    collectibles: null,
    primary_guild: null,
    ...(id === world.applicationId && { bot: true }),
  };
}

export function wireMember(world: World, guild: Guild, userId: string): Readonly<Record<string, unknown>> {
  return {
    user: wireUser(world, userId),
    nick: null,
    avatar: null,
    banner: null,
    roles: [...(guild.members.get(userId)?.roles ?? [])],
    joined_at: someTime,
    premium_since: null,
    communication_disabled_until: null,
    deaf: false,
    mute: false,
    flags: 0,
    pending: false,
  };
}

export function wireChannel(world: World, channel: Channel): Readonly<Record<string, unknown>> {
  const common = { id: channel.id, last_message_id: channel.lastMessageId, flags: 0 };
  if (channel.kind === 'dm') return { ...common, type: 1, recipients: [wireUser(world, channel.userId)] };
  return {
    ...common,
    type: channel.type,
    guild_id: channel.guild.id,
    name: channel.name,
    position: guildChannels(world, channel.guild).indexOf(channel),
    parent_id: null,
    topic: null,
    nsfw: false,
    rate_limit_per_user: 0,
    permission_overwrites: [],
  };
}

export function wireRoles(guild: Guild): readonly Readonly<Record<string, unknown>>[] {
  return [...guild.roles].map(([id, { name, permissions, colour, managed }], position) => ({
    id,
    name,
    position,
    description: null,
    permissions: permissions.toString(),
    color: colour,
    colors: { primary_color: colour, secondary_color: null, tertiary_color: null },
    hoist: false,
    managed,
    mentionable: false,
    icon: null,
    unicode_emoji: null,
    flags: 0,
  }));
}

/** A server as in GET /users/@me/guilds. */
export function wireMyGuild(world: World, guild: Guild): Readonly<Record<string, unknown>> {
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    banner: null,
    owner: false,
    permissions: world.memberPermissions(guild, world.applicationId).toString(),
    features: [],
  };
}

/** A server as in GET /guilds/:id. */
export function wireGuild(guild: Guild): Readonly<Record<string, unknown>> {
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    description: null,
    splash: null,
    discovery_splash: null,
    home_header: null,
    banner: null,
    owner_id: guild.id,
    application_id: null,
    region: 'deprecated',
    afk_channel_id: null,
    afk_timeout: 300,
    system_channel_id: null,
    system_channel_flags: 0,
    widget_enabled: false,
    widget_channel_id: null,
    verification_level: 0,
    default_message_notifications: 1,
    mfa_level: 0,
    explicit_content_filter: 0,
    max_presences: null,
    max_members: 500_000,
    max_video_channel_users: 25,
    max_stage_video_channel_users: 50,
    vanity_url_code: null,
    premium_tier: 0,
    premium_subscription_count: 0,
    premium_progress_bar_enabled: false,
    preferred_locale: guild.locale,
    rules_channel_id: null,
    safety_alerts_channel_id: null,
    public_updates_channel_id: null,
    nsfw: false,
    nsfw_level: 0,
    features: [],
    roles: wireRoles(guild),
    emojis: [],
    stickers: [],
    incidents_data: null,
  };
}

/** A server as in GUILD_CREATE; without the privileged intents its only member is the bot. */
export function wireGuildCreate(
  world: World,
  guild: Guild,
  { members }: { readonly members: boolean },
): Readonly<Record<string, unknown>> {
  const listed = members ? [...guild.members.keys()] : [world.applicationId];
  return {
    ...wireGuild(guild),
    joined_at: someTime,
    large: false,
    unavailable: false,
    member_count: guild.members.size,
    members: listed.map((id) => wireMember(world, guild, id)),
    channels: guildChannels(world, guild).map((channel) => wireChannel(world, channel)),
    threads: [],
    presences: [],
    voice_states: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}

export function guildChannels(world: World, guild: Guild): readonly GuildChannel[] {
  return [...world.channels.values()].filter(
    (channel): channel is GuildChannel => channel.kind === 'guild' && channel.guild === guild,
  );
}
