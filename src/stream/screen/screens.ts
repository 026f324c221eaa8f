import { AppError } from '../../domain/errors.ts';
import { liveScreen } from '../../domain/ids.ts';
import type { Screen } from './screen.ts';

/** The screens of this installation. */
export class Screens {
  readonly #byId: ReadonlyMap<string, Screen>;

  /** @param screens in the order in which people see them. */
  constructor(screens: readonly Screen[]) {
    this.#byId = new Map(screens.map((screen) => [screen.id, screen]));
  }

  /** @param id may come from outside. @throws AppError not_found */
  get(id: string = liveScreen): Screen {
    const screen = this.#byId.get(id);
    if (!screen) throw new AppError('not_found');
    return screen;
  }

  all(): readonly Screen[] {
    return [...this.#byId.values()];
  }
}
