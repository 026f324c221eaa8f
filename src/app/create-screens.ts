import { liveScreen } from '../domain/ids.ts';
import { Screens } from '../stream/screen/screens.ts';
import { createScreen, type ScreenApi, type ScreenOptions } from './create-screen.ts';
import type { Part } from './lifecycle.ts';

export interface ScreensApi {
  readonly screens: Screens;
  /** The same, with what each had on air before the restart. */
  readonly all: readonly ScreenApi[];
  /** Puts on air again what each screen had on air before the restart. */
  resume(): void;
}

/** The screens of this installation: one, the default. A further screen is another entry of `parts`. */
export async function createScreens(options: Omit<ScreenOptions, 'id' | 'name'>): Promise<Part<ScreensApi>> {
  const parts = [await createScreen({ ...options, id: liveScreen, name: 'Live' })];
  const all = parts.map(({ api }) => api);
  return {
    api: {
      screens: new Screens(all),
      all,
      resume: () => {
        for (const screen of all) screen.resume();
      },
    },
    start: () => {
      for (const part of parts) part.start?.();
    },
    stop: async () => {
      await Promise.all(parts.map((part) => part.stop?.()));
    },
  };
}
