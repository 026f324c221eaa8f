import { setup } from './setup-state.ts';
import { setupTexts } from './texts.ts';

/** Says which of these settings the environment decides; nothing if it decides none. */
export function LockedNote({ names }: { readonly names: readonly string[] }) {
  const locked = setup.value?.locked.filter((name) => names.includes(name)) ?? [];
  if (locked.length === 0) return null;
  return <p class="setup-note">{setupTexts.value.locked(locked)}</p>;
}
