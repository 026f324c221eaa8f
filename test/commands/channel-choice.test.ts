import { describe, expect, it } from 'vitest';
import type { ChannelGroup } from '../../src/catalogue/variants.ts';
import { channelButtons, distinctLabels } from '../../src/commands/channel-choice.ts';
import { someMarks } from '../fakes/channel-marks.ts';
import { mainId } from '../fakes/main-id.ts';

function group(id: number, listed: string, label: string, country: string | null): ChannelGroup {
  const channel = {
    id: mainId(id),
    number: null,
    name: listed,
    categoryId: null,
    logo: null,
    epgId: null,
    archiveDays: 0,
  };
  return {
    name: label,
    label,
    country,
    language: null,
    kind: 'plain' as const,
    qualities: [],
    variants: [channel],
  };
}

describe('buttons for channels', () => {
  it.each<[string, ChannelGroup[], string[]]>([
    ['the name', [group(1, 'FR| TF1 HD', 'TF1', 'FR')], ['TF1']],
    [
      'the country where that tells two apart',
      [group(1, 'FR| RTL', 'RTL', 'FR'), group(2, 'DE| RTL', 'RTL', 'DE')],
      ['RTL (FR)', 'RTL (DE)'],
    ],
    [
      'what the list has where nothing else does',
      [group(1, 'Events 1 A', 'Events 1', null), group(2, 'Events 1 B', 'Events 1', null)],
      ['Events 1 A', 'Events 1 B'],
    ],
  ])('have distinct labels: %s', (_what, groups, labels) => {
    expect(distinctLabels(groups)).toEqual(labels);
  });

  it('are short enough for a phone, and call the given command', () => {
    const [button] = channelButtons({ marks: someMarks }, [group(7, 'x', 'x'.repeat(100), null)], {
      command: 'fav',
      values: ['add'],
    });
    expect(button?.label).toHaveLength(60);
    expect(button).toMatchObject({ action: { command: 'fav', values: ['add', '~7'] } });
  });
});
