import { AppError } from '../../domain/errors.ts';
import { type ScreenId, screenId } from '../../domain/ids.ts';
import type { Screen } from './screen.ts';

/** The screen of everything that names none: places in a chat, addresses, and files from before there were several. */
export const DEFAULT_SCREEN: ScreenId = screenId('live');

/** The screens of this installation. */
export class Screens {
  readonly #byId: ReadonlyMap<string, Screen>;

  /** @param screens in the order in which people see them. */
  constructor(screens: readonly Screen[]) {
    this.#byId = new Map(screens.map((screen) => [screen.id, screen]));
  }

  /** @param id may come from outside. @throws AppError not_found */
  get(id: string = DEFAULT_SCREEN): Screen {
    const screen = this.#byId.get(id);
    if (!screen) throw new AppError('not_found');
    return screen;
  }

  all(): readonly Screen[] {
    return [...this.#byId.values()];
  }
}
