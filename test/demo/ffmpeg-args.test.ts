import { describe, expect, it } from 'vitest';
import { demoChannels, playableChannels } from '../../src/demo/channels.ts';
import { namesIn } from '../../src/demo/ffmpeg-abilities.ts';
import { escapeForFilter, ffmpegArgs } from '../../src/demo/ffmpeg-args.ts';

const allEncoders = new Set(['libx264', 'libx265', 'mpeg2video', 'aac', 'ac3', 'mp2']);

describe('escapeForFilter', () => {
  it.each([
    ['Un +1 HD', 'Un +1 HD'],
    ["L'Heure", "L\\\\\\'Heure"],
    ['a:b', 'a\\\\:b'],
    ['a,b;c[d]', 'a\\,b\\;c\\[d\\]'],
    ['a\\b', 'a\\\\\\\\b'],
  ])('escapes %s', (text, escaped) => {
    expect(escapeForFilter(text)).toBe(escaped);
  });
});

describe('ffmpegArgs', () => {
  it('draws no text without a font', () => {
    for (const channel of demoChannels) {
      expect(ffmpegArgs(channel, { fontFile: null, clockAt: 0 }).join(' ')).not.toContain('drawtext');
    }
  });
});

describe('playableChannels', () => {
  it('contains every channel with a full FFmpeg', () => {
    expect(playableChannels({ encoders: allEncoders, text: true })).toEqual(demoChannels);
  });

  it.each([
    ['libx265', ['Test HEVC']],
    ['mpeg2video', ['Test MPEG-2']],
    ['ac3', ['Test AC-3']],
  ])('leaves out the channels that need a missing %s', (encoder, missing) => {
    const encoders = new Set([...allEncoders].filter((one) => one !== encoder));
    const left = playableChannels({ encoders, text: true });
    expect(demoChannels.filter((channel) => !left.includes(channel)).map(({ name }) => name)).toEqual(
      missing,
    );
  });
});

describe('namesIn', () => {
  it('parses the tables of new and old FFmpegs', () => {
    const table = `Encoders:
 V..... = Video
 ------
 V....D libx264              libx264 H.264 / AVC (codec h264)
 V..... libx265              libx265 H.265 / HEVC (codec hevc)
 T.C drawtext          V->V       Draw text on top of video frames.
 ... sine              |->A       Generate sine wave audio signal.
`;
    expect(['libx264', 'libx265', 'drawtext', 'sine'].every((name) => namesIn(table).has(name))).toBe(true);
    expect(namesIn(table).has('codec')).toBe(false);
  });
});
