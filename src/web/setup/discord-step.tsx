/** A place for this part of the page. */
export function DiscordStep() {
  return <p class="setup-hint">…</p>;
}
