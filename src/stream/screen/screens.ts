import { AppError } from '../../domain/errors.ts';
import { liveScreen, type ScreenId } from '../../domain/ids.ts';
import { Emitter } from '../../lib/emitter.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Screen } from './screen.ts';

/** Begins to follow a screen; returns what ends it. */
export type FollowScreen = (screen: Screen) => () => void;

/**
 * The screens of this installation. Screens come and go while the process runs: whatever follows all of them uses `follow`,
 * and whatever asks for one names it each time.
 */
export class Screens {
  readonly #logger: Pick<Logger, 'error'>;
  /** In the order in which people see them. */
  #all: readonly Screen[];
  /** Removed ones that players may still be tuned to. */
  #removed: readonly Screen[] = [];
  readonly #changes: Emitter;
  readonly #followers = new Set<{
    readonly follow: FollowScreen;
    readonly ends: Map<ScreenId, () => void>;
  }>();

  constructor(screens: readonly Screen[], logger: Pick<Logger, 'error'>) {
    this.#logger = logger;
    this.#all = screens;
    this.#changes = new Emitter((err) => logger.error({ err }, 'a listener of the screens failed'));
  }

  /** @param id may come from outside. @throws AppError screen_unknown */
  get(id: string = liveScreen): Screen {
    const screen = this.find(id);
    if (!screen)
      throw new AppError('screen_unknown', {
        screen: id,
        screens: this.#all.map((each) => each.id).join(', '),
      });
    return screen;
  }

  find(id: string): Screen | null {
    return this.#all.find((screen) => screen.id === id) ?? null;
  }

  /** The same for players: one that was removed lately shows the slate still. @throws AppError screen_unknown */
  forPlayers(id: string): Screen {
    return this.#removed.find((screen) => screen.id === id) ?? this.get(id);
  }

  all(): readonly Screen[] {
    return this.#all;
  }

  /** Adds a screen, or brings back a removed one. */
  add(screen: Screen): void {
    this.#removed = this.#removed.filter(({ id }) => id !== screen.id);
    this.#all = [...this.#all, screen].toSorted((one, other) => one.facts.number - other.facts.number);
    for (const { follow, ends } of this.#followers) ends.set(screen.id, this.#begin(follow, screen));
    this.#changes.emit();
  }

  /** Takes a screen out; players see its slate until it is forgotten. */
  remove(id: ScreenId): void {
    const screen = this.find(id);
    if (!screen) return;
    this.#all = this.#all.filter((each) => each !== screen);
    this.#removed = [...this.#removed, screen];
    for (const { ends } of this.#followers) {
      this.#end(ends.get(id));
      ends.delete(id);
    }
    this.#changes.emit();
  }

  forget(id: ScreenId): void {
    this.#removed = this.#removed.filter((screen) => screen.id !== id);
  }

  /** Tells that a screen has another name or other rights. */
  changed(): void {
    this.#changes.emit();
  }

  /** Calls the listener when screens come, go or change their facts, until the returned function is called. */
  onChange(listener: () => void): () => void {
    return this.#changes.subscribe(listener);
  }

  /** Follows every screen, also those to come, until it is removed or the returned function is called. */
  follow(follow: FollowScreen): () => void {
    const follower = {
      follow,
      ends: new Map(this.#all.map((screen) => [screen.id, this.#begin(follow, screen)])),
    };
    this.#followers.add(follower);
    return () => {
      this.#followers.delete(follower);
      for (const end of follower.ends.values()) this.#end(end);
    };
  }

  /** A follower that fails harms neither the others nor whoever adds a screen. */
  #begin(follow: FollowScreen, screen: Screen): () => void {
    try {
      return follow(screen);
    } catch (err) {
      this.#logger.error({ screen: screen.id, err }, 'a screen could not be followed');
      return () => {};
    }
  }

  #end(end: (() => void) | undefined): void {
    try {
      end?.();
    } catch (err) {
      this.#logger.error({ err }, 'a screen could not be left');
    }
  }
}
