import { EventEmitter } from 'node:events';

/** How often a condition is checked without changes, for state that only the bot knows. */
const lookAgainMs = 20;

/** Notifies waiting tests of changes, so that none has to sleep. */
export class Changes {
  readonly #emitter = new EventEmitter<{ change: [] }>().setMaxListeners(0);

  notify(): void {
    this.#emitter.emit('change');
  }

  /** Resolves with the result of `look` as soon as it is not undefined; rejects after `timeoutMs` of real time. */
  until<T>(look: () => T | undefined, what: () => string, timeoutMs = 5_000): Promise<T> {
    return new Promise((resolve, reject) => {
      const check = () => {
        const found = look();
        if (found === undefined) return;
        end();
        resolve(found);
      };
      const timer = setTimeout(() => {
        end();
        reject(new Error(`Waited ${timeoutMs} ms in vain: ${what()}`));
      }, timeoutMs);
      const again = setInterval(check, lookAgainMs);
      const end = () => {
        clearTimeout(timer);
        clearInterval(again);
        this.#emitter.off('change', check);
      };
      this.#emitter.on('change', check);
      check();
    });
  }
}
