import { tvMode } from '../common/tv-mode.ts';
import { type Focus, type HotkeyAction, hotkey } from './hotkeys.ts';

/** Calls `act` for each shortcut pressed anywhere on the page. */
export function followKeyboard(act: (action: HotkeyAction) => void): void {
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented) return;
    const action = hotkey(event, focusOf(document.activeElement), tvMode.peek());
    if (action === null && !(event.key === '?' && document.querySelector('.help[open]'))) return;
    event.preventDefault();
    act(action ?? 'help');
  });
}

function focusOf(element: Element | null): Focus {
  // a dialog that has just closed keeps the focus until the next frame
  if (!element || element.closest('dialog:not([open])')) return 'none';
  if (element.closest('dialog, fieldset')) return 'panel';
  const name = element.localName;
  if (name.endsWith('-range') || element.getAttribute('role') === 'slider') return 'slider';
  return name === 'button' || name === 'a' || name.endsWith('-button') ? 'button' : 'none';
}
