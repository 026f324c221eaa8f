import type { Direction } from './nearest.ts';

/** The part of a KeyboardEvent that says which key it is. */
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

export function directionOf(key: string): Direction | null {
  return directions[key] ?? null;
}

const backKeys: ReadonlySet<string> = new Set(['Escape', 'Backspace', 'GoBack', 'BrowserBack', 'XF86Back']);
/** Of webOS and HbbTV, and of Tizen: their browsers may give the key no name. */
const backCodes: ReadonlySet<number> = new Set([461, 10_009]);

/** "Back" on a keyboard or on a television's remote. */
export function isBack({ key, keyCode }: PressedKey): boolean {
  return backKeys.has(key) || backCodes.has(keyCode);
}

/** Of webOS and HbbTV, and of Tizen. */
const channelCodes: Readonly<Record<number, 1 | -1>> = { 33: 1, 34: -1, 427: 1, 428: -1 };

/** 1: the channel up, -1: the channel down; null: another key. Page up and down are that on many remotes. */
export function channelStep({ key, keyCode }: PressedKey): 1 | -1 | null {
  if (key === 'ChannelUp' || key === 'PageUp') return 1;
  if (key === 'ChannelDown' || key === 'PageDown') return -1;
  return channelCodes[keyCode] ?? null;
}

export function isDigit(key: string): boolean {
  return /^\d$/.test(key);
}

/** Keys with these belong to the browser. */
export function hasModifier(event: {
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}): boolean {
  return event.ctrlKey || event.metaKey || event.altKey;
}

/** Whether an element takes text. */
export function takesText(element: Element | null): element is HTMLInputElement | HTMLTextAreaElement {
  if (element instanceof HTMLTextAreaElement) return true;
  return (
    element instanceof HTMLInputElement && !/^(?:checkbox|radio|range|button|submit)$/.test(element.type)
  );
}
