import { describe, expect, it } from 'vitest';
import { explainEnding } from '../../../src/stream/ffmpeg/failure.ts';
import type { FfmpegEnding } from '../../../src/stream/ffmpeg/run.ts';

describe('explainEnding', () => {
  it.each<[string, Partial<FfmpegEnding>, string, string, boolean]>([
    ['not installed', { words: ['Command failed with ENOENT: ffmpeg'] }, 'missing', 'ffmpeg_missing', false],
    ['not allowed', { words: ['spawn /opt/ffmpeg EACCES'] }, 'missing', 'ffmpeg_missing', false],
    ['killed', { signal: 'SIGKILL' }, 'killed', 'ffmpeg_failed', true],
    [
      'ended by a signal that FFmpeg handles',
      { exitCode: 255, words: ['[h264] non-existing PPS 0 referenced', 'Error while decoding stream #0:0'] },
      'killed',
      'ffmpeg_failed',
      true,
    ],
    [
      'ended by a signal, under a shell',
      { exitCode: 143, words: ['Invalid data found'] },
      'killed',
      'ffmpeg_failed',
      true,
    ],
    [
      'a missing encoder',
      { exitCode: 1, words: ["Unknown encoder 'h264_nvenc'"] },
      'no-encoder',
      'ffmpeg_failed',
      false,
    ],
    [
      'a missing driver',
      { exitCode: 1, words: ['Cannot load libcuda.so.1'] },
      'no-encoder',
      'ffmpeg_failed',
      false,
    ],
    [
      'no video',
      { exitCode: 1, words: ["Stream map '0:v:0' matches no streams."] },
      'no-video',
      'channel_not_video',
      true,
    ],
    [
      'empty',
      { exitCode: 1, words: ['Output file #0 does not contain any stream'] },
      'no-video',
      'channel_not_video',
      true,
    ],
    [
      'garbage',
      { exitCode: 1, words: ['pipe:0: Invalid data found when processing input'] },
      'bad-input',
      'channel_not_video',
      true,
    ],
    ['the end', { exitCode: 0 }, 'end-of-input', 'channel_ended', true],
    ['anything else', { exitCode: 139, words: ['?'] }, 'unknown', 'ffmpeg_failed', true],
    ['nothing at all', {}, 'unknown', 'ffmpeg_failed', true],
  ])('explains an ending: %s', (_, ending, kind, code, retry) => {
    const failure = explainEnding({ exitCode: null, signal: null, words: [], asked: false, ...ending });
    expect(failure).toMatchObject({ kind, retry, error: { code } });
  });

  it('keeps FFmpeg’s messages out of the error for people', () => {
    const words = ['http://host/live/user/secret/1.ts: 403 Forbidden'];
    const { error } = explainEnding({ exitCode: 1, signal: null, words, asked: false });
    expect(JSON.stringify([error.message, error.params])).not.toContain('secret');
    expect(String(error.cause)).toContain('403 Forbidden');
  });
});
