import { describe, expect, it } from 'vitest';
import { watchPath, watchPlaylistPath } from '../../src/domain/watch-paths.ts';
import { screenOfPath } from '../../src/web/watch/screen-of-path.ts';

describe('the paths of watch pages', () => {
  it.each([
    ['live', '/watch', '/internal_stream.m3u8'],
    ['sport', '/watch/sport', '/s/sport/internal_stream.m3u8'],
  ])('name a screen, and the default one not: %s', (screen, page, playlist) => {
    expect([watchPath(screen), watchPlaylistPath(screen)]).toEqual([page, playlist]);
    expect(screenOfPath(page)).toBe(screen);
  });

  it.each(['/watch/', '/watch.html', '/wall', '/watch/sport/more'])('mean the default screen: %s', (path) => {
    expect(screenOfPath(path)).toBe('live');
  });
});
