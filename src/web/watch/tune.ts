import { signal } from '@preact/signals';
import { ApiError, api, LEFT_AS_IS } from '../common/api.ts';
import { texts } from '../common/language.ts';

const SHOWN_MS = 6_000;

/** Why the last wish came to nothing; empty while there is nothing to say. */
export const failure = signal('');

let timer: ReturnType<typeof setTimeout> | undefined;

/** Has something done that an operator asked for, and says so where it fails. */
export async function ask(what: () => Promise<unknown>): Promise<void> {
  failure.value = '';
  try {
    await what();
  } catch (error) {
    // their own answer, nothing to be told
    if (error instanceof ApiError && error.code === LEFT_AS_IS) return;
    failure.value = (error instanceof ApiError && error.message) || texts.value.failed;
    clearTimeout(timer);
    timer = setTimeout(() => {
      failure.value = '';
    }, SHOWN_MS);
  }
}

/** Puts a channel on air for everybody. */
export function tune(channel: { readonly id: number }): Promise<void> {
  return ask(() => api.broadcast(channel.id));
}
