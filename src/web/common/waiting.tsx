import { texts } from './language.ts';

/** Stands where a page will be once the server has answered. */
export function Waiting() {
  return (
    <p class="waiting">
      <span class="spinner" aria-hidden="true" />
      {texts.value.loadingConsole}
    </p>
  );
}
