/** A place for this part of the page. */
export function TelegramStep() {
  return <p class="setup-hint">…</p>;
}
