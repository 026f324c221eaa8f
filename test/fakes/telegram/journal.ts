import type { SeenMessage } from './message-store.ts';
import type { CallbackAnswer, InlineAnswer } from './queries.ts';

/** Events that the bot caused or acknowledged. */
export type Happening =
  | { readonly kind: 'message'; readonly message: SeenMessage }
  | { readonly kind: 'edit'; readonly message: SeenMessage }
  | { readonly kind: 'delete'; readonly message: SeenMessage }
  | { readonly kind: 'callback-answer'; readonly answer: CallbackAnswer }
  | { readonly kind: 'inline-answer'; readonly answer: InlineAnswer }
  | { readonly kind: 'polling' }
  | { readonly kind: 'confirmed'; readonly updateId: number }
  | { readonly kind: 'call'; readonly method: string; readonly status: number };

interface Waiter {
  readonly offer: (happening: Happening) => boolean;
}

/** All events in order, so that a test can wait for the consequences of its actions. */
export class Journal {
  readonly #happenings: Happening[] = [];
  readonly #waiters = new Set<Waiter>();

  /** The position from which to wait. */
  get position(): number {
    return this.#happenings.length;
  }

  add(happening: Happening): void {
    this.#happenings.push(happening);
    for (const waiter of this.#waiters) if (waiter.offer(happening)) this.#waiters.delete(waiter);
  }

  since(position: number): readonly Happening[] {
    return this.#happenings.slice(position);
  }

  /**
   * Resolves with the first result of `pick` for an event since `position`, past or future. Rejects after `patience`
   * milliseconds of real time, and says what happened instead.
   */
  wait<T>(
    position: number,
    pick: (happening: Happening) => T | undefined,
    what: string,
    patience: number,
  ): Promise<T> {
    for (const happening of this.since(position)) {
      const picked = pick(happening);
      if (picked !== undefined) return Promise.resolve(picked);
    }
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        offer: (happening) => {
          const picked = pick(happening);
          if (picked === undefined) return false;
          clearTimeout(timer);
          resolve(picked);
          return true;
        },
      };
      const timer = setTimeout(() => {
        this.#waiters.delete(waiter);
        const instead = this.since(position).map(describe).join('; ') || 'nothing';
        reject(new Error(`no ${what} within ${patience} ms; there was: ${instead}`));
      }, patience);
      this.#waiters.add(waiter);
    });
  }
}

function describe(happening: Happening): string {
  switch (happening.kind) {
    case 'message':
    case 'edit':
    case 'delete':
      return `${happening.kind} in ${happening.message.chatId} "${happening.message.text.slice(0, 60)}"`;
    case 'callback-answer':
      return `answer "${happening.answer.text}"`;
    case 'inline-answer':
      return `${happening.answer.results.length} inline results`;
    case 'polling':
      return 'getUpdates waits';
    case 'confirmed':
      return `update ${happening.updateId} confirmed`;
    case 'call':
      return `${happening.method} → ${happening.status}`;
  }
}
