import { expect, vi } from 'vitest';
import { token as discordToken, ids, type Scene, startScene } from './discord/scene.ts';
import { type RunningApp, startApp } from './running-app.ts';
import { FakeTelegram } from './telegram/fake-telegram.ts';

/** As others would reach it; tests go to `server.url`. */
export const PUBLIC_URL = 'http://192.168.1.5:8002';

/** The whole server with both bots, against strict test servers of both services. */
export interface BotsApp {
  readonly discord: Scene;
  readonly telegram: FakeTelegram;
  readonly server: RunningApp;
  /** Ends all of it; fails if a bot has broken a rule of its service. */
  readonly stop: () => Promise<void>;
}

/**
 * Resolves once both bots are on and there are channels. In Discord, Anna is a controller.
 * @param env settings besides those that bring the bots here.
 * @param patience of people in Telegram, in milliseconds.
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
