/** A place for this part of the page. */
export function DoneStep() {
  return <p class="setup-hint">…</p>;
}
