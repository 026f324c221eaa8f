/** A place for this part of the page. */
export function WatchStep() {
  return <p class="setup-hint">…</p>;
}
