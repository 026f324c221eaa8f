import { type Focus, type HotkeyAction, hotkey } from './hotkeys.ts';

/** Hands the shortcuts of the whole page to `act`. */
export function followKeyboard(act: (action: HotkeyAction) => void): void {
  document.addEventListener('keydown', (event) => {
    const action = hotkey(event, focusOf(document.activeElement));
    if (action === null) return;
    // the open help keeps the keyboard, but for the key that closes it
    if (document.querySelector('.help[open]') && action !== 'help') return;
    event.preventDefault();
    act(action);
  });
}

function focusOf(element: Element | null): Focus {
  if (!element) return 'none';
  const name = element.localName;
  if (name.endsWith('-range')) return 'slider';
  return name === 'button' || name === 'a' || name.endsWith('-button') ? 'button' : 'none';
}
