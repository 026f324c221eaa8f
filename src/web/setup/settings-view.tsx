/** A place for this part of the page. */
export function SettingsView() {
  return <p class="setup-hint">…</p>;
}
