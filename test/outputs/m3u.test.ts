import { describe, expect, it } from 'vitest';
import { extinf, extinfForJellyfin, m3uPlaylist } from '../../src/outputs/m3u.ts';

describe('extinf', () => {
  it('writes attributes in the given order', () => {
    expect(extinf({ name: 'TF1', attributes: { 'tvg-id': 'tf1.fr', 'group-title': 'France' } })).toBe(
      '#EXTINF:-1 tvg-id="tf1.fr" group-title="France",TF1',
    );
  });

  it('stays on one line and leaves attributes readable whatever a name holds', () => {
    const name = 'Canal+ "été"\r\nHD';
    expect(extinf({ name, attributes: { 'tvg-name': name } })).toBe(
      "#EXTINF:-1 tvg-name=\"Canal+ 'été' HD\",Canal+ 'été' HD",
    );
  });

  it('is a comment to HLS players in the form for Jellyfin', () => {
    expect(extinfForJellyfin({ name: '#EXTINF' })).toBe('#extinf:-1,#EXTINF');
  });
});

describe('m3uPlaylist', () => {
  it('holds one channel and its address', () => {
    expect(m3uPlaylist({ name: 'TF1' }, 'http://tv.home/1.ts')).toBe(
      '#EXTM3U\n#EXTINF:-1,TF1\nhttp://tv.home/1.ts\n',
    );
  });
});
