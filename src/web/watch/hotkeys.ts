export type HotkeyAction =
  | 'toggle-play'
  | 'toggle-mute'
  | 'toggle-fullscreen'
  | 'toggle-pip'
  | 'volume-up'
  | 'volume-down'
  | 'live'
  | 'help'
  | 'remote'
  | 'reactions'
  | 'stats'
  | 'share';

/** The part of a KeyboardEvent that matters. */
export interface Key {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/**
 * What the focused element does with keys of its own: a button takes the space bar, a slider the arrows as well, and
 * a panel over the picture all of them.
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
  '?': 'help',
  r: 'remote',
  // "OK" of a remote that points at nothing: the list of channels
  enter: 'remote',
  e: 'reactions',
  i: 'stats',
  s: 'share',
};

/**
 * What a key press asks for; null where it belongs to the browser or to the focused element.
 * @param isTv the arrows walk over the page, as on a television.
 */
export function hotkey(
  { key, ctrlKey, metaKey, altKey }: Key,
  focus: Focus,
  isTv = false,
): HotkeyAction | null {
  if (ctrlKey || metaKey || altKey || focus === 'panel') return null;
  if ((key === ' ' || key === 'Enter') && focus !== 'none') return null;
  if (key.startsWith('Arrow') && (isTv || focus === 'slider')) return null;
  return keys[key.toLowerCase()] ?? null;
}
