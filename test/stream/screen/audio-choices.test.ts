import { describe, expect, it } from 'vitest';
import type { AudioTrack } from '../../../src/domain/audio-track.ts';
import { AudioChoices } from '../../../src/stream/screen/audio-choices.ts';
import { mainId } from '../../fakes/main-id.ts';

const CHANNEL = mainId(7);

/** Tracks as `fr`, with `*` behind a description and `?` for no language; the first has the id 1. */
function tracksOf(text: string): AudioTrack[] {
  return text
    .split(' ')
    .filter((word) => word !== '')
    .map((word, at) => ({
      id: at + 1,
      language: word.startsWith('?') ? null : word.replace('*', ''),
      isDescription: word.endsWith('*'),
      codec: 'mpeg',
    }));
}

describe('AudioChoices', () => {
  it.each<[string, string[], string, number | null]>([
    ['the first track without preferences', [], 'fr en', 1],
    ['no audio description without preferences', [], 'fr* fr', 2],
    ['an audio description if there is nothing else', [], 'fr*', 1],
    ['null if there is no track', ['fr'], '', null],
    ['the preferred track', ['en'], 'fr en', 2],
    ['the most preferred track', ['en', 'fr'], 'fr en', 2],
    ['the second preference if the first is missing', ['de', 'en'], 'fr en', 2],
    ['the first track if no preferred one exists', ['de'], 'fr en', 1],
    ['the first of one language', ['fr'], 'en fr fr', 2],
    ['the original version', ['qaa', 'fr'], 'fr qaa', 2],
    ['no audio description if plain sound has its language', ['fr'], 'fr* en fr', 3],
    ['another preferred language before a description', ['fr', 'en'], 'fr* en', 2],
    ['an audio description before a language that is not preferred', ['fr'], 'en fr*', 2],
    ['an unknown language before an audio description in no preferred language', ['fr'], 'en* ?', 2],
  ])('picks %s', (_, preferred, tracks, expected) => {
    expect(new AudioChoices(() => preferred).pick(CHANNEL, tracksOf(tracks))?.id ?? null).toBe(expected);
  });

  it('picks the track chosen for a channel while it exists, and on no other channel', () => {
    const choices = new AudioChoices(() => ['fr']);
    choices.choose(CHANNEL, 2);
    expect(choices.pick(CHANNEL, tracksOf('fr en*'))?.id).toBe(2);
    expect(choices.pick(CHANNEL, tracksOf('fr'))?.id).toBe(1);
    expect(choices.pick(mainId(8), tracksOf('fr en*'))?.id).toBe(1);
    const later = new AudioChoices(() => ['fr'], choices.all);
    expect(later.pick(CHANNEL, tracksOf('fr en*'))?.id).toBe(2);
  });

  it('undoes a choice', () => {
    const choices = new AudioChoices(() => []);
    choices.choose(CHANNEL, 1)();
    expect(choices.all).toEqual([]);
    choices.choose(CHANNEL, 1);
    choices.choose(CHANNEL, 2)();
    expect(choices.all).toEqual([[CHANNEL, { id: 1, language: null, isDescription: false }]]);
  });

  it.each<[string, string, number, string, number]>([
    ['its language in any place', 'fr en', 2, 'de es en', 3],
    ['no other language in its place', 'fr en', 2, 'fr de', 1],
    ['the track of its kind', 'fr fr*', 2, 'en fr fr*', 3],
    ['its place among those of its language', 'fr fr en', 2, 'fr fr de', 2],
    ['its place if it has no language', '? ?', 2, '? ?', 2],
  ])('carries a choice over by %s', (_, before, id, after, expected) => {
    const choices = new AudioChoices(() => []);
    choices.pick(CHANNEL, tracksOf(before));
    choices.choose(CHANNEL, id);
    const later = new AudioChoices(() => [], choices.all);
    expect(later.pick(CHANNEL, tracksOf(after))?.id).toBe(expected);
  });
});
