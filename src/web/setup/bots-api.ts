import { call } from '../common/api.ts';
import type { DiscordRoles, DiscordState, TelegramState } from './contract.ts';

/** The server asks Discord or Telegram about a new token, and starts the bot. */
const TOKEN_MS = 30_000;

/** The requests that change the bots; all throw ApiError. */
export const botsApi = {
  useDiscord: (token: string) =>
    call<DiscordState>('/api/setup/discord', { method: 'PUT', body: { token }, timeoutMs: TOKEN_MS }),

  /** Turns the bot off and forgets its token. */
  dropDiscord: () => call<DiscordState>('/api/setup/discord', { method: 'DELETE', timeoutMs: TOKEN_MS }),

  discordRoles: (roles: DiscordRoles) =>
    call<DiscordState>('/api/setup/discord/roles', { method: 'PUT', body: roles }),

  useTelegram: (token: string) =>
    call<TelegramState>('/api/setup/telegram', { method: 'PUT', body: { token }, timeoutMs: TOKEN_MS }),

  /** Turns the bot off and forgets its token. */
  dropTelegram: () => call<TelegramState>('/api/setup/telegram', { method: 'DELETE', timeoutMs: TOKEN_MS }),

  allowGroup: (id: string, isAllowed: boolean) =>
    call<TelegramState>(`/api/setup/telegram/groups/${encodeURIComponent(id)}`, {
      method: 'PUT',
      body: { is_allowed: isAllowed },
    }),

  /** Makes a new one-time link for an admin. */
  ownerCode: () => call<TelegramState>('/api/setup/telegram/code', { method: 'POST' }),
};
