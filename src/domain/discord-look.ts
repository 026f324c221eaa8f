import type { BotState } from './bot-state.ts';

/** A role of a Discord server. */
export interface DiscordRole {
  readonly id: string;
  readonly name: string;
  /** Such as `#3498db`; null if the role has none. */
  readonly colour: string | null;
}

export interface DiscordGuild {
  readonly id: string;
  readonly name: string;
  /** The roles that people can get, highest first: neither @everyone nor those that Discord manages. */
  readonly roles: readonly DiscordRole[];
}

/** A setting of the application that keeps the bot from working: invitations fail, or commands go to another address. */
export type DiscordObstacle = 'code_grant' | 'interactions_url';

/** What Discord says about the bot of a token. */
export interface DiscordLook {
  /** The picture is a data: address; null if the bot has none or it could not be fetched. */
  readonly bot: { readonly name: string; readonly picture: string | null };
  readonly applicationId: string;
  /** Invites the bot with the permissions that it needs. */
  readonly inviteUrl: string;
  /** The servers that the bot is in, by name. */
  readonly guilds: readonly DiscordGuild[];
  readonly obstacle: DiscordObstacle | null;
}

/** Where the set-up of Discord stands: the bot's state, or what is left to do before it counts. */
export type DiscordStage = BotState | DiscordObstacle | 'no_server';
