import { describe, expect, it } from 'vitest';
import { parseCommand } from '../../src/bots/telegram/command-text.ts';
import { decodePress, encodePress } from '../../src/bots/telegram/press-data.ts';
import { startAction, startPayload } from '../../src/bots/telegram/private-answer.ts';

describe('the payload of /start', () => {
  it.each([
    [
      { command: 'vlc', values: ['#1002'] },
      { command: 'vlc', text: '#1002' },
    ],
    [
      { command: 'vlc', values: ['~112'] },
      { command: 'vlc', text: '~112' },
    ],
    [
      { command: 'links', values: [] },
      { command: 'links', text: '' },
    ],
    [
      { command: 'search', values: ['arte é+'] },
      { command: 'search', text: 'arte é+' },
    ],
    [
      { command: 'fav', values: ['list'] },
      { command: 'fav', text: '' },
    ],
    [
      { command: 'recordings', values: ['removed', '7'] },
      { command: 'recordings', text: '' },
    ],
    [
      { command: 'search', values: ['x'.repeat(200)] },
      { command: 'search', text: '' },
    ],
  ])('restores the encoded action: %j', (action, expected) => {
    const payload = startPayload(action);
    expect(payload).toMatch(/^[\w-]{1,64}$/);
    expect(startAction(payload)).toEqual(expected);
  });

  it.each(['stop', 'admin-YWxsb3cgNQ', 'restart', 'lang', 'play', 'x'.repeat(64), ''])(
    '“%s” stands for the help only',
    (payload) => {
      expect(startAction(payload)).toEqual({ command: 'help', text: '' });
    },
  );

  it.each(['fav-YWRkIGFydGU', 'links-ZW5kIGFsbA', 'login-x'])(
    '“%s” carries no text that changes the asker’s data',
    (payload) => {
      expect(startAction(payload).text).toBe('');
    },
  );
});

describe('a button’s data', () => {
  const action = { command: 'play', values: ['#1!2'] };

  it.each([null, 1, 7_999_999_999])('holds the action and its owner: %s', (owner) => {
    expect(decodePress(encodePress(action, owner) ?? '')).toEqual({ owner, action });
  });

  it('is null if it exceeds Telegram’s limit', () => {
    expect(encodePress({ command: 'play', values: ['x'.repeat(50)] }, 7_999_999_999)).toBeNull();
  });

  it('decodes to no action if another version made it or it is nonsense', () => {
    expect(decodePress('v0:stop')).toEqual({ owner: null, action: null });
    expect(decodePress('u7;nonsense')).toEqual({ owner: 7, action: null });
  });
});

describe('parseCommand', () => {
  it.each([
    ['/PLAY TF1 HD', { name: 'play', rest: 'TF1 HD', addressee: null }],
    ['/play@Zapette_Bot  arte', { name: 'play', rest: 'arte', addressee: 'zapette_bot' }],
    ['/status', { name: 'status', rest: '', addressee: null }],
    ['tf1', null],
    ['/', null],
    ['/usr/bin', null],
  ])('parses %s', (text, expected) => {
    expect(parseCommand(text)).toEqual(expected);
  });
});
