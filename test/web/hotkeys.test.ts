import { describe, expect, it } from 'vitest';
import { type Focus, type HotkeyAction, hotkey } from '../../src/web/watch/hotkeys.ts';

const press = (key: string, focus: Focus = 'none', modifiers = {}) =>
  hotkey({ key, keyCode: 0, ctrlKey: false, metaKey: false, altKey: false, ...modifiers }, focus);

describe('hotkey', () => {
  it.each<[string, HotkeyAction | null]>([
    [' ', 'toggle-play'],
    ['m', 'toggle-mute'],
    ['M', 'toggle-mute'],
    ['f', 'toggle-fullscreen'],
    ['p', 'toggle-pip'],
    ['l', 'live'],
    ['?', 'help'],
    ['r', 'remote'],
    ['e', 'reactions'],
    ['i', 'stats'],
    ['s', 'share'],
    ['c', 'clip'],
    ['w', 'screens'],
    ['Enter', 'remote'],
    ['ArrowUp', 'volume-up'],
    ['ArrowDown', 'volume-down'],
    ['j', 'back'],
    ['ArrowLeft', 'back'],
    ['ArrowRight', 'forward'],
    ['MediaRewind', 'back'],
    ['MediaFastForward', 'forward'],
    ['MediaTrackPrevious', 'from-start'],
    ['Home', 'from-start'],
    ['End', 'live'],
    ['Tab', null],
    ['x', null],
  ])('maps %j to %s', (key, action) => {
    expect(press(key)).toBe(action);
  });

  it('leaves the browser’s own combinations alone', () => {
    expect(press('f', 'none', { ctrlKey: true })).toBeNull();
    expect(press('l', 'none', { metaKey: true })).toBeNull();
  });

  it('leaves the arrows on a television to the focus', () => {
    const plain = { keyCode: 0, ctrlKey: false, metaKey: false, altKey: false };
    expect(hotkey({ key: 'ArrowUp', ...plain }, 'none', true)).toBeNull();
    expect(hotkey({ key: 'Enter', ...plain }, 'none', true)).toBe('remote');
  });

  it.each([
    [412, 'back'],
    [417, 'forward'],
    [415, 'toggle-play'],
    [10_252, 'toggle-play'],
  ] as const)('knows key %d of remotes by its code', (keyCode, action) => {
    const key = { key: 'Unidentified', keyCode, ctrlKey: false, metaKey: false, altKey: false };
    expect(hotkey(key, 'none', true)).toBe(action);
  });

  it('leaves the focused element the keys that it uses', () => {
    expect(press(' ', 'button')).toBeNull();
    expect(press('ArrowUp', 'button')).toBe('volume-up');
    expect(press('ArrowUp', 'slider')).toBeNull();
    expect(press('ArrowLeft', 'slider')).toBeNull();
    expect(press('ArrowLeft', 'button')).toBeNull();
    expect(press('m', 'slider')).toBe('toggle-mute');
    expect(press('Enter', 'button')).toBeNull();
    for (const key of ['m', 'ArrowUp', ' ', 'Enter']) expect(press(key, 'panel')).toBeNull();
  });
});
