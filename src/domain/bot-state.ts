import type { Platform } from './actor.ts';

/** How a bot is. Whatever is wrong is tried again, with growing pauses; only `refused` waits for a new token and a restart. */
export type BotState =
  /** No token is set. */
  | 'off'
  | 'starting'
  | 'on'
  /** It works, but the service did not take its commands: the old ones stay. */
  | 'commands_refused'
  /** The service does not know the token; trying again would not help. */
  | 'refused'
  /** Discord: not a member of the server DISCORD_GUILD_ID, or invited without its commands. */
  | 'not_invited'
  /** Telegram: another program listens with the same token. */
  | 'conflict'
  | 'unreachable'
  /** A fault of ours. */
  | 'broken';

/** How each bot is, as it is now. */
export type BotStates = Readonly<Record<Platform, BotState>>;
