import type { ComponentChildren } from 'preact';
import { botTexts } from './bot-texts.ts';
import type { LiveState } from './live-state.ts';

interface StateOfProps<T> {
  readonly live: LiveState<T>;
  readonly state: T | null;
  readonly children: (state: T) => ComponentChildren;
}

/** Shows a state of the server once it is known, and a note while the server does not answer. */
export function StateOf<T>({ live, state, children }: StateOfProps<T>) {
  const t = botTexts.value;
  return (
    <>
      <p class="bot-away" role="status">
        {live.isAway.value && t.unreachable}
      </p>
      {state === null ? !live.isAway.value && <p class="setup-hint">{t.loading}</p> : children(state)}
    </>
  );
}
