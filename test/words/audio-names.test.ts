import { describe, expect, it } from 'vitest';
import type { AudioTrack } from '../../src/domain/audio-track.ts';
import { audioNames } from '../../src/words/audio-names.ts';
import { described, french, original } from '../fakes/audio-tracks.ts';

const unknown = { ...french, language: null };

describe('audioNames', () => {
  it.each<[string, AudioTrack[], 'fr' | 'en', string[]]>([
    ['in English', [french, original], 'en', ['French', 'Original version']],
    ['in French', [french, original], 'fr', ['Français', 'Version originale']],
    ['what is described', [french, described], 'en', ['French', 'French (audio description)']],
    ['what is described, in French', [described], 'fr', ['Français (audiodescription)']],
    [
      'no two the same',
      [french, french, original, french],
      'en',
      ['French', 'French 2', 'Original version', 'French 3'],
    ],
    ['by number where nothing is said', [french, unknown], 'en', ['French', 'Track 2']],
    ['a description in an unknown language', [{ ...described, language: null }], 'en', ['Audio description']],
    ['a code that nobody knows', [{ ...french, language: 'qtz' }], 'en', ['qtz']],
  ])('names %s', (_, tracks, language, expected) => {
    expect(audioNames(tracks, language)).toEqual(expected);
  });
});
