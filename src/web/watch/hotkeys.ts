/** What a shortcut of the watch page does. */
export type HotkeyAction =
  | 'toggle-play'
  | 'toggle-mute'
  | 'toggle-fullscreen'
  | 'toggle-pip'
  | 'volume-up'
  | 'volume-down'
  | 'live'
  | 'back'
  | 'forward'
  | 'from-start'
  | 'help'
  | 'remote'
  | 'reactions'
  | 'stats'
  | 'share'
  | 'clip'
  | 'screens';

/** The part of a KeyboardEvent that matters. */
export interface Key {
  readonly key: string;
  readonly keyCode: number;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/**
 * The kind of the focused element, by the keys it uses itself: a button uses space and Enter, a slider the arrows too,
 * and a panel over the picture all keys.
 */
export type Focus = 'none' | 'button' | 'slider' | 'panel';

const keys: Readonly<Record<string, HotkeyAction>> = {
  ' ': 'toggle-play',
  k: 'toggle-play',
  mediaplaypause: 'toggle-play',
  m: 'toggle-mute',
  f: 'toggle-fullscreen',
  p: 'toggle-pip',
  arrowup: 'volume-up',
  arrowdown: 'volume-down',
  l: 'live',
  end: 'live',
  j: 'back',
  arrowleft: 'back',
  mediarewind: 'back',
  arrowright: 'forward',
  mediafastforward: 'forward',
  home: 'from-start',
  mediatrackprevious: 'from-start',
  '?': 'help',
  r: 'remote',
  // "OK" on a remote while nothing has the focus
  enter: 'remote',
  e: 'reactions',
  i: 'stats',
  s: 'share',
  c: 'clip',
  w: 'screens',
};

/** Key codes of Tizen, webOS and HbbTV, whose browsers may leave `key` empty. */
const codes: Readonly<Record<number, HotkeyAction>> = {
  412: 'back',
  417: 'forward',
  424: 'from-start',
  10232: 'from-start',
  415: 'toggle-play',
  19: 'toggle-play',
  10252: 'toggle-play',
};

/**
 * The action of a key press; null where the browser or the focused element uses the key.
 * @param isTv the arrows move the focus over the page, as on a television
 */
export function hotkey(
  { key, keyCode, ctrlKey, metaKey, altKey }: Key,
  focus: Focus,
  isTv = false,
): HotkeyAction | null {
  if (ctrlKey || metaKey || altKey || focus === 'panel') return null;
  if ((key === ' ' || key === 'Enter') && focus !== 'none') return null;
  if (key.startsWith('Arrow') && (isTv || focus === 'slider')) return null;
  // from a button, they lead to the next one
  if ((key === 'ArrowLeft' || key === 'ArrowRight') && focus !== 'none') return null;
  return keys[key.toLowerCase()] ?? codes[keyCode] ?? null;
}
