import { PermissionFlagsBits, type PermissionsBitField } from 'discord.js';
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
