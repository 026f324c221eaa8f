import { OAuth2Scopes, PermissionFlagsBits, type PermissionsBitField } from 'discord.js';
import type { BotPermission } from '../../domain/actor.ts';

/** The permissions that the card needs. */
const needed: Readonly<Record<BotPermission, bigint>> = {
  view: PermissionFlagsBits.ViewChannel,
  send: PermissionFlagsBits.SendMessages,
  embed: PermissionFlagsBits.EmbedLinks,
};

/** Lists the permissions that the bot needs in a channel and lacks. */
export function missingPermissions(granted: Readonly<PermissionsBitField>): BotPermission[] {
  const all = ['view', 'send', 'embed'] as const;
  return all.filter((permission) => !granted.has(needed[permission]));
}

const AUTHORIZE = 'https://discord.com/oauth2/authorize';
/** Of the application's two kinds of installation, the one in a server. */
const IN_A_SERVER = '0';

/** The address that invites the bot to a server with the permissions that it needs, in threads and for videos as well. */
export function inviteUrl(applicationId: string): string {
  const permissions = Object.values(needed).reduce(
    (sum, bit) => sum | bit,
    // The card goes without these two: threads, and the videos of clips.
    PermissionFlagsBits.SendMessagesInThreads | PermissionFlagsBits.AttachFiles,
  );
  const query = new URLSearchParams({
    client_id: applicationId,
    scope: [OAuth2Scopes.Bot, OAuth2Scopes.ApplicationsCommands].join(' '),
    permissions: permissions.toString(),
    integration_type: IN_A_SERVER,
  });
  return `${AUTHORIZE}?${query.toString()}`;
}
