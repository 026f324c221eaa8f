/** A place for this part of the page. */
export function ChannelsStep() {
  return <p class="setup-hint">…</p>;
}
