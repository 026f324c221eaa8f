import { watchPath } from '../../domain/watch-paths.ts';
import type { Screen } from '../common/contract/screens.ts';
import { hasModifier } from '../common/keys.ts';
import { screens } from '../common/screens.ts';
import { chooseSound, heard } from './sound.ts';

/** What a key does on the wall: 1 to 9 choose the screen that is heard, M none, Enter opens the one that is heard. */
export type WallAction =
  | { readonly kind: 'hear'; readonly screen: string }
  | { readonly kind: 'open'; readonly screen: string };

/**
 * The action of a key; null if it has none.
 * @param list the screens in the order of the page
 */
export function wallAction(
  key: string,
  list: readonly Pick<Screen, 'id'>[],
  heardNow: string | null,
): WallAction | null {
  if (/^[1-9]$/.test(key)) {
    const screen = list[Number(key) - 1]?.id;
    return screen === undefined ? null : { kind: 'hear', screen };
  }
  const chosen = (list.find(({ id }) => id === heardNow) ?? list[0])?.id;
  if (chosen === undefined) return null;
  if (key.toLowerCase() === 'm') return { kind: 'hear', screen: chosen };
  return key === 'Enter' ? { kind: 'open', screen: chosen } : null;
}

/** Handles the keys of the page; a focused tile or button uses Enter itself. */
export function followKeys(): void {
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || hasModifier(event)) return;
    const action = wallAction(event.key, screens.peek() ?? [], heard.peek());
    if (action === null) return;
    if (action.kind === 'open' && document.activeElement !== document.body) return;
    event.preventDefault();
    if (action.kind === 'hear') chooseSound(action.screen);
    else location.assign(watchPath(action.screen));
  });
}
