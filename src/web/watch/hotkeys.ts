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
  | 'reactions';

/** The part of a KeyboardEvent that matters. */
export interface Key {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** What the focused element does with keys of its own: a button takes the space bar, a slider the arrows as well. */
export type Focus = 'none' | 'button' | 'slider';

const keys: Readonly<Record<string, HotkeyAction>> = {
  ' ': 'toggle-play',
  k: 'toggle-play',
  m: 'toggle-mute',
  f: 'toggle-fullscreen',
  p: 'toggle-pip',
  arrowup: 'volume-up',
  arrowdown: 'volume-down',
  l: 'live',
  '?': 'help',
  r: 'remote',
  e: 'reactions',
};

/** What a key press asks for; null where it belongs to the browser or to the focused element. */
export function hotkey({ key, ctrlKey, metaKey, altKey }: Key, focus: Focus): HotkeyAction | null {
  if (ctrlKey || metaKey || altKey) return null;
  if (key === ' ' && focus !== 'none') return null;
  if (key.startsWith('Arrow') && focus === 'slider') return null;
  return keys[key.toLowerCase()] ?? null;
}
