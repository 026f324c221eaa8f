import { PermissionFlagsBits, type PermissionsBitField } from 'discord.js';
import type { BotPermission } from '../../domain/actor.ts';

/** What the card of what is on takes. */
const needed: Readonly<Record<BotPermission, bigint>> = {
  view: PermissionFlagsBits.ViewChannel,
  send: PermissionFlagsBits.SendMessages,
  embed: PermissionFlagsBits.EmbedLinks,
};

/** What the bot may not do in a channel, of what it needs there. */
export function lackingIn(granted: Readonly<PermissionsBitField>): BotPermission[] {
  const all = ['view', 'send', 'embed'] as const;
  return all.filter((permission) => !granted.has(needed[permission]));
}
