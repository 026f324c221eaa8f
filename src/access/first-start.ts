import type { Logger } from '../lib/logger.ts';
import type { JsonFile } from '../store/json-file.ts';
import type { Keys } from './keys.ts';

/** The time until somebody has answered who may watch. */
export class FirstStart {
  readonly #keysFile: Pick<JsonFile<Keys>, 'write'>;
  readonly #keys: Keys;
  readonly #logger: Pick<Logger, 'warn'>;
  readonly #guards: boolean;
  #isOpen: boolean;

  /**
   * @param isOpen whether nobody has answered yet.
   * @param guards whether the server listens to other machines for the set-up page alone.
   */
  constructor(
    { isOpen, guards }: { isOpen: boolean; guards: boolean },
    keys: Keys,
    keysFile: Pick<JsonFile<Keys>, 'write'>,
    logger: Pick<Logger, 'warn'>,
  ) {
    this.#isOpen = isOpen;
    this.#guards = guards;
    this.#keys = keys;
    this.#keysFile = keysFile;
    this.#logger = logger;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Whether other machines get the set-up page alone. */
  get isGuarded(): boolean {
    return this.#isOpen && this.#guards;
  }

  /** Notes the answer. A disk that takes nothing makes the next start a first one again. */
  async end(): Promise<void> {
    this.#isOpen = false;
    await this.#keysFile
      .write({ ...this.#keys, shown: true, isSetUp: true })
      .catch((error: unknown) => this.#logger.warn({ err: error }, 'keys.json could not be written'));
  }
}
