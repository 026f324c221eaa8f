import { type ChangeableSettings, changeSettings } from '../actions/change-settings.ts';
import type { DiscordPorts } from '../actions/set-up-discord.ts';
import type { Settings } from '../config/settings.ts';
import type { Clock } from '../lib/clock.ts';
import type { Secrets } from '../lib/secrets.ts';
import type { AuditLog } from '../store/audit-log.ts';
import type { BotsApi } from './create-bots.ts';

export interface SetupBotOptions {
  readonly settings: ChangeableSettings & Pick<Settings, 'text'>;
  readonly audit: { readonly audit: AuditLog; readonly clock: Clock };
  readonly secrets: Secrets;
  /** Null until the bots have been made. */
  readonly bots: () => BotsApi | null;
}

/** The Discord bot on the set-up page. */
export function createSetupDiscord({ settings, audit, secrets, bots }: SetupBotOptions): DiscordPorts {
  const idsOf = (name: string): string[] =>
    settings
      .text(name)
      ?.split(',')
      .map((id) => id.trim()) ?? [];
  return {
    lookUp: async (token, signal) => {
      secrets.add(token);
      const { lookUpDiscord } = await import('../bots/discord/look-up.ts');
      return lookUpDiscord(token, { apiUrl: settings.text('DISCORD_API_URL'), signal });
    },
    token: () => settings.text('DISCORD_TOKEN'),
    state: () => bots()?.states().discord ?? 'off',
    chosen: () => ({
      guildId: settings.text('DISCORD_GUILD_ID'),
      listed: {
        admin: idsOf('DISCORD_ADMIN_ROLES'),
        controller: idsOf('DISCORD_CONTROLLER_ROLES'),
        viewer: idsOf('DISCORD_VIEWER_ROLES'),
      },
    }),
    isLocked: (name) => settings.isLocked(name),
    change: async (changes, by) => {
      const before = settings.text('DISCORD_TOKEN');
      await changeSettings({ ...audit, settings }, changes, by);
      // The same token once more: the owner has mended something at Discord.
      if (changes.DISCORD_TOKEN && changes.DISCORD_TOKEN === before) await bots()?.startAnew('discord');
    },
  };
}
