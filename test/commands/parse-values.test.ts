import { describe, expect, it } from 'vitest';
import type { CommandInfo } from '../../src/commands/command.ts';
import { valuesOf } from '../../src/commands/parse-values.ts';
import { registry } from '../../src/commands/registry.ts';

describe('valuesOf', () => {
  it.each([
    ['play', 'tf1', ['tf1', '', '']],
    ['play', '  TF1   hd ', ['TF1', 'HD', '']],
    ['play', 'sky sports main event UHD', ['sky sports main event', 'UHD', '']],
    ['play', 'hd', ['hd', '', '']],
    ['play', 'hd 1', ['hd 1', '', '']],
    ['play', 'tf1 4k', ['tf1 4k', '', '']],
    ['play', 'canal\n+', ['canal\n+', '', '']],
    ['play', '', ['', '', '']],
    ['search', 'fr sport hd', ['fr sport hd']],
    ['status', 'now', ['']],
    ['play', 'tf1 hd > sport', ['tf1', 'HD', '>sport']],
    ['record', 'tf1 21:00 -> 23:00', ['tf1 21:00 -> 23:00', '', '']],
    ['record', 'tf1 21h > 23h > sport', ['tf1 21h > 23h', '', '>sport']],
    ['record', 'tf1 21h-23h > 2', ['tf1 21h-23h', '', '>2']],
    ['lang', 'FR', ['FR']],
  ] as const)('parses /%s %s', (name, text, values) => {
    expect(valuesOf(registry[name], text)).toEqual(values);
  });

  const withVerbs: CommandInfo = {
    ...registry.status,
    verbs: [
      { name: 'list', options: [], isPrivate: true },
      { name: 'add', options: registry.play.options, isPrivate: true },
    ],
  };
  it.each([
    ['', ['list']],
    ['list', ['list']],
    ['ADD tf1 hd', ['add', 'tf1', 'HD', '']],
    ['add', ['add', '', '', '']],
    ['tf1 hd', ['tf1']],
  ])('parses a verb and its options: %j', (text, values) => {
    expect(valuesOf(withVerbs, text)).toEqual(values);
  });
});
