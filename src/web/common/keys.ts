import type { Direction } from './nearest.ts';

/** The part of a KeyboardEvent that identifies the key. */
export interface PressedKey {
  readonly key: string;
  readonly keyCode: number;
}

const directions: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

/** The direction of an arrow key; null for all other keys. */
export function directionOf(key: string): Direction | null {
  return directions[key] ?? null;
}

const backKeys: ReadonlySet<string> = new Set(['Escape', 'Backspace', 'GoBack', 'BrowserBack', 'XF86Back']);
/** Key codes of webOS and HbbTV, and of Tizen, whose browsers may leave `key` empty. */
const backCodes: ReadonlySet<number> = new Set([461, 10_009]);

/** True for "back" on a keyboard or a television's remote. */
export function isBack({ key, keyCode }: PressedKey): boolean {
  return backKeys.has(key) || backCodes.has(keyCode);
}

/** Key codes of webOS and HbbTV, and of Tizen. */
const channelCodes: Readonly<Record<number, 1 | -1>> = { 33: 1, 34: -1, 427: 1, 428: -1 };

/** 1 for channel up, -1 for channel down, null for other keys. Many remotes send page up and page down. */
export function channelStep({ key, keyCode }: PressedKey): 1 | -1 | null {
  if (key === 'ChannelUp' || key === 'PageUp') return 1;
  if (key === 'ChannelDown' || key === 'PageDown') return -1;
  return channelCodes[keyCode] ?? null;
}

/** True for the keys 0 to 9. */
export function isDigit(key: string): boolean {
  return /^\d$/.test(key);
}

/** True for combinations with Ctrl, Meta or Alt, which belong to the browser. */
export function hasModifier(event: {
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}): boolean {
  return event.ctrlKey || event.metaKey || event.altKey;
}

/** True if text can be typed into the element. */
export function takesText(element: Element | null): element is HTMLInputElement | HTMLTextAreaElement {
  if (element instanceof HTMLTextAreaElement) return true;
  return (
    element instanceof HTMLInputElement && !/^(?:checkbox|radio|range|button|submit)$/.test(element.type)
  );
}
