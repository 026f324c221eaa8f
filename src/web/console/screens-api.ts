import { call } from '../common/api.ts';
import type { ListedScreen, Screen } from '../common/contract/screens.ts';

/** The requests by which admins change the screens. */
export const screensApi = {
  add: (name: string) => call<ListedScreen>('/api/screens', { method: 'POST', body: { name } }),

  change: (id: string, changes: Pick<Screen, 'name' | 'control' | 'watch'>) =>
    call<ListedScreen>(`/api/screens/${id}`, { method: 'PATCH', body: changes }),

  remove: (id: string) => call<void>(`/api/screens/${id}`, { method: 'DELETE' }),
};
