import type { Platform } from './actor.ts';

/** The state of a bot. It retries after every failure, with growing pauses, except `refused`, which needs a new token. */
export const botStates = [
  /** No token is set. */
  'off',
  'starting',
  'on',
  /** The bot works, but the service rejected its commands, so the old ones stay. */
  'commands_refused',
  /** The service does not know the token, so a retry would not help. */
  'refused',
  /** Discord: the bot is not a member of the server DISCORD_GUILD_ID, or was invited without the scope for commands. */
  'not_invited',
  /** Telegram: another program polls with the same token. */
  'conflict',
  'unreachable',
  /** The failure is a bug of ours. */
  'broken',
] as const;

export type BotState = (typeof botStates)[number];

/** The current state of each bot. */
export type BotStates = Readonly<Record<Platform, BotState>>;
