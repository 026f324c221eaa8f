import type { Interaction } from './interactions.ts';
import { effective } from './permissions.ts';
import { wireChannel, wireMember, wireUser } from './wire.ts';
import type { World } from './world.ts';

/** The locales of a person and their server; en-US and the server's own by default. */
export interface Languages {
  readonly locale?: string;
  readonly guildLocale?: string;
}

/** INTERACTION_CREATE as the gateway sends it. */
export function interactionPayload(
  world: World,
  interaction: Interaction,
  data: Readonly<Record<string, unknown>>,
  { locale = 'en-US', guildLocale }: Languages,
): Readonly<Record<string, unknown>> {
  const { id, token, type, channel, userId, source } = interaction;
  const common = {
    id,
    application_id: world.applicationId,
    type,
    token,
    version: 1,
    data,
    channel_id: channel.id,
    channel: wireChannel(world, channel),
    app_permissions: effective(world.botPermissions(channel)).toString(),
    locale,
    entitlements: [],
    attachment_size_limit: world.fileLimit,
    ...(source && { message: source.wire }),
  };
  if (channel.kind === 'dm') {
    const user = wireUser(world, userId);
    return { ...common, user, context: 1, authorizing_integration_owners: { 0: '0' } };
  }
  const { guild } = channel;
  return {
    ...common,
    guild_id: guild.id,
    guild: { id: guild.id, locale: guildLocale ?? guild.locale, features: [] },
    guild_locale: guildLocale ?? guild.locale,
    member: {
      ...wireMember(world, guild, userId),
      permissions: world.memberPermissions(guild, userId).toString(),
    },
    context: 0,
    authorizing_integration_owners: { 0: guild.id },
  };
}

/** The people, roles and channels that ids in options or selections stand for. */
export function resolved(
  world: World,
  guildId: string | null,
  named: readonly { readonly type: number; readonly id: string }[],
): Readonly<Record<string, unknown>> {
  const guild = guildId === null ? undefined : world.guild(guildId);
  const users: Record<string, unknown> = {};
  const members: Record<string, unknown> = {};
  const roles: Record<string, unknown> = {};
  const channels: Record<string, unknown> = {};
  for (const { id } of named) {
    const channel = world.channels.get(id);
    const role = guild?.roles.get(id);
    if (world.users.has(id)) {
      users[id] = wireUser(world, id);
      if (guild?.members.has(id)) {
        const { user: _, deaf: __, mute: ___, ...partial } = wireMember(world, guild, id);
        members[id] = { ...partial, permissions: world.memberPermissions(guild, id).toString() };
      }
    } else if (role) roles[id] = { id, name: role.name, permissions: role.permissions.toString() };
    else if (channel) channels[id] = { ...wireChannel(world, channel), permissions: '0' };
    else throw new Error(`Nothing has the id ${id}.`);
  }
  return { users, members, roles, channels };
}
