import type { DatabaseSync } from 'node:sqlite';
import type { ScreenKeeper } from '../actions/screens.ts';
import { liveScreen, type ScreenId } from '../domain/ids.ts';
import type { ScreenFacts } from '../domain/screen-facts.ts';
import type { Clock } from '../lib/clock.ts';
import { Emitter } from '../lib/emitter.ts';
import type { Logger } from '../lib/logger.ts';
import { ScreenPlaces } from '../store/screen-places.ts';
import { type StoredScreen, StoredScreens } from '../store/stored-screens.ts';
import type { Screen } from '../stream/screen/screen.ts';
import { Screens } from '../stream/screen/screens.ts';
import type { ScreenApi } from './create-screen.ts';
import type { Part } from './lifecycle.ts';

export interface ScreensOptions {
  readonly database: DatabaseSync;
  /** Makes a screen. @param facts as they are at the moment. */
  readonly make: (id: ScreenId, facts: () => ScreenFacts) => Promise<Part<ScreenApi>>;
  /** Removes what a screen has kept on the disk. Never rejects. */
  readonly forget: (id: ScreenId) => Promise<void>;
  readonly clock: Pick<Clock, 'now' | 'after'>;
  readonly logger: Logger;
}

export interface ScreensApi extends ScreenKeeper {
  readonly screens: Screens;
  /** The screen that a place in a chat is about. */
  screenOf(place: string): Screen;
  /** A place has another id now. */
  movePlace(from: string, to: string): void;
  /** Calls the listener with each place that gets another screen, until the returned function is called. */
  onPlaceChosen(listener: (place: string) => void): () => void;
  /** Puts on air again what each screen had on air before the restart. */
  resume(): void;
}

/** Milliseconds for which players of a removed screen see the slate. */
const SLATE_AFTER_REMOVAL = 24 * 60 * 60_000;

/** The screens of this installation, which people may add and remove while the process runs. */
export async function createScreens(options: ScreensOptions): Promise<Part<ScreensApi>> {
  const { database, clock, logger } = options;
  const stored = new StoredScreens(database);
  const places = new ScreenPlaces(database);
  const placeChanges = new Emitter<string>((err) => logger.error({ err }, 'a listener of places failed'));
  const facts = new Map<ScreenId, ScreenFacts>();
  const parts = new Map<ScreenId, Part<ScreenApi>>();
  /** Cancel the end of removed screens. */
  const endings = new Map<ScreenId, () => void>();
  let isRunning = false;

  const make = async (found: ScreenFacts): Promise<Screen> => {
    const { id } = found;
    facts.set(id, found);
    const part = await options.make(id, () => facts.get(id) ?? found);
    parts.set(id, part);
    if (isRunning) await part.start?.();
    return part.api.screen;
  };
  const end = async (id: ScreenId): Promise<void> => {
    endings.delete(id);
    screens.forget(id);
    const part = parts.get(id);
    parts.delete(id);
    try {
      await part?.stop?.();
    } catch (err) {
      logger.error({ screen: id, err }, 'a removed screen could not be ended');
    }
    await options.forget(id);
  };
  const endLater = (id: ScreenId, removedAt: number): void => {
    const wait = Math.max(0, removedAt + SLATE_AFTER_REMOVAL - clock.now());
    endings.set(
      id,
      clock.after(wait, () => void end(id)),
    );
  };

  const [first, ...others] = stored.all();
  const screens = new Screens([await make(first)], logger);
  for (const screen of others.filter((each) => isShown(each, clock.now()))) {
    screens.add(await make(screen));
    if (screen.removedAt === null) continue;
    screens.remove(screen.id);
    endLater(screen.id, screen.removedAt);
  }

  return {
    api: {
      screens,
      screenOf: (place) => screens.find(places.of(place) ?? liveScreen) ?? screens.get(),
      choosePlace: (place, screen) => {
        places.choose(place, screen);
        placeChanges.emit(place);
      },
      movePlace: (from, to) => places.move(from, to),
      onPlaceChosen: (listener) => placeChanges.subscribe(listener),
      add: async (id, name) => {
        const added = stored.add(id, name);
        endings.get(id)?.();
        endings.delete(id);
        const known = parts.get(id);
        facts.set(id, added);
        try {
          const screen = known ? known.api.screen : await make(added);
          screens.add(screen);
          return screen;
        } catch (error) {
          stored.remove(id, clock.now());
          throw error;
        }
      },
      change: (id, changes) => {
        const screen = screens.get(id);
        stored.change(id, changes);
        facts.set(id, { ...screen.facts, ...changes });
        screens.changed();
        return screen;
      },
      remove: async (id) => {
        const { broadcast } = screens.get(id);
        stored.remove(id, clock.now());
        screens.remove(id);
        endLater(id, clock.now());
        await broadcast.stop();
      },
      resume: () => {
        for (const { id } of screens.all()) parts.get(id)?.api.resume();
      },
    },
    start: async () => {
      isRunning = true;
      for (const part of parts.values()) await part.start?.();
    },
    stop: async () => {
      isRunning = false;
      for (const cancel of endings.values()) cancel();
      await Promise.all([...parts.values()].map((part) => part.stop?.()));
    },
  };
}

/** Whether players still get anything from a stored screen. */
function isShown({ removedAt }: StoredScreen, now: number): boolean {
  return removedAt === null || now - removedAt < SLATE_AFTER_REMOVAL;
}
