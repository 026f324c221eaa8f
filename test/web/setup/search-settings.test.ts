import { describe, expect, it } from 'vitest';
import { searchSettings } from '../../../src/web/setup/search-settings.ts';
import { settingsInEnglish, settingsInFrench } from '../../fakes/setup-server-settings.ts';

const find = (settings: typeof settingsInEnglish, typed: string) =>
  searchSettings(settings, typed).map(({ name }) => name);

describe('the search for settings', () => {
  it.each([
    ['PUBLIC_URL', 'PUBLIC_URL'],
    ['public url', 'PUBLIC_URL'],
    ['publc url', 'PUBLIC_URL'],
    ['public address', 'PUBLIC_URL'],
    ['minutes without a viewer', 'IDLE_STOP_MINUTES'],
    ['0.0.0.0', 'HOST'],
    ['ffmpeg', 'FFMPEG_PATH'],
  ])('finds by %j', (typed, name) => {
    expect(find(settingsInEnglish, typed)[0]).toBe(name);
  });

  it.each([
    ['PUBLIC_URL', 'PUBLIC_URL'],
    ['adresse publique', 'PUBLIC_URL'],
    ['préférées', 'AUDIO_LANGUAGES'],
    ['preferees', 'AUDIO_LANGUAGES'],
    ['chaine arret', 'IDLE_STOP_MINUTES'],
    ['qui peut regarder', 'VIEWER_ACCESS'],
  ])('finds by the French %j', (typed, name) => {
    expect(find(settingsInFrench, typed)[0]).toBe(name);
  });

  it('finds by value', () => {
    const [first] = settingsInEnglish.filter(({ name }) => name === 'PUBLIC_URL');
    if (!first) throw new Error('PUBLIC_URL is missing');
    const others = settingsInEnglish.filter(({ name }) => name !== 'PUBLIC_URL');
    const settings = [...others, { ...first, value: 'https://zapette.example.net' }];
    expect(find(settings, 'example.net')).toEqual(['PUBLIC_URL']);
  });

  it('finds what has any of the words where nothing has all', () => {
    expect(find(settingsInEnglish, 'ffmpeg zzzzzz')).toEqual(['FFMPEG_PATH']);
  });

  it.each(['', '   '])('finds all in their own order by %j', (typed) => {
    expect(searchSettings(settingsInEnglish, typed)).toBe(settingsInEnglish);
  });

  it('finds nothing by letters that no setting has', () => {
    expect(find(settingsInEnglish, 'zzzzzz')).toEqual([]);
  });
});
