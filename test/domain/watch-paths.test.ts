import { describe, expect, it } from 'vitest';
import { screenOfWatchPath, watchPath, watchPlaylistPath } from '../../src/domain/watch-paths.ts';

describe('the paths of watch pages', () => {
  it.each([
    ['live', '/watch', '/internal_stream.m3u8'],
    ['sport', '/watch/sport', '/s/sport/internal_stream.m3u8'],
  ])('name a screen, and the default one not: %s', (screen, page, playlist) => {
    expect([watchPath(screen), watchPlaylistPath(screen)]).toEqual([page, playlist]);
    expect(screenOfWatchPath(page)).toBe(screen);
  });

  it.each(['/watch/', '/watch.html', '/wall', '/watch/sport/more'])('mean the default screen: %s', (path) => {
    expect(screenOfWatchPath(path)).toBe('live');
  });
});
