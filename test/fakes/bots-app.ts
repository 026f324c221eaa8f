import { expect, vi } from 'vitest';
import { token as discordToken, ids, type Scene, startScene } from './discord/scene.ts';
import { type RunningApp, startApp } from './running-app.ts';
import { FakeTelegram } from './telegram/fake-telegram.ts';

/** The public address in the settings; tests use `server.url`. */
export const PUBLIC_URL = 'http://192.168.1.5:8002';

/** The whole server with both bots, against strict fakes of both services. */
export interface BotsApp {
  readonly discord: Scene;
  readonly telegram: FakeTelegram;
  readonly server: RunningApp;
  /** Stops everything; fails if a bot has broken a rule of its service. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts the server; resolves once both bots are on and there are channels. In Discord, Anna is a controller.
 * @param env settings besides those of the bots.
 * @param patience milliseconds that Telegram's people wait for an answer.
 */
export async function startBotsApp(
  dataDir: string,
  env: Record<string, string>,
  patience = 5_000,
): Promise<BotsApp> {
  const [discord, telegram] = await Promise.all([startScene(), FakeTelegram.start({ patience })]);
  const server = await startApp(dataDir, {
    PUBLIC_URL,
    DISCORD_TOKEN: discordToken,
    DISCORD_API_URL: discord.fake.api,
    DISCORD_GUILD_ID: ids.guild,
    DISCORD_CONTROLLER_ROLES: ids.dj,
    TELEGRAM_TOKEN: telegram.token,
    TELEGRAM_API_URL: telegram.url,
    ...env,
  });
  await Promise.all([discord.fake.online(), telegram.polled()]);
  await vi.waitFor(
    async () => {
      expect((await server.get('/api/channels')).body.total).toBeGreaterThan(0);
      expect(discord.fake.registeredCommands(ids.guild).length).toBeGreaterThan(0);
    },
    { timeout: 10_000 },
  );
  return {
    discord,
    telegram,
    server,
    stop: async () => {
      await server.app.stop();
      await discord.fake.stop();
      await telegram.stop();
      expect(discord.fake.violations).toEqual([]);
      expect(telegram.violations).toEqual([]);
    },
  };
}
