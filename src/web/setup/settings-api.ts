import { call } from '../common/api.ts';
import type { RestartPort } from './restart-server.ts';
import type { SettingsAnswer, SettingsPort } from './settings-editor.ts';

/** Changed settings are applied before the answer, which may start a bot or switch the account. */
const APPLY_MS = 60_000;
const HEALTH_MS = 3_000;

/** The requests about all settings; all throw ApiError. */
export const settingsApi: SettingsPort = {
  load: () => call<SettingsAnswer>('/api/settings'),
  change: (changes) =>
    call<SettingsAnswer>('/api/settings', { method: 'PUT', body: { changes }, timeoutMs: APPLY_MS }),
  undo: () => call<SettingsAnswer>('/api/settings/undo', { method: 'POST', timeoutMs: APPLY_MS }),
};

/** The requests around a restart of the server. */
export const restartApi: RestartPort = {
  restart: () => call<unknown>('/api/restart', { method: 'POST' }),
  instance: () =>
    call<{ readonly instance: string }>('/health', { timeoutMs: HEALTH_MS }).then(({ instance }) => instance),
  pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};
