import { AppError } from '../../domain/errors.ts';
import type { FfmpegEnding } from './run.ts';

/** The meaning of an FFmpeg run that ended by itself, and whether to retry. */
export interface FfmpegFailure {
  readonly kind: FfmpegFailureKind;
  readonly error: AppError;
  /** False if another try would fail in the same way. */
  readonly retry: boolean;
}

export type FfmpegFailureKind =
  | 'missing'
  | 'killed'
  | 'no-encoder'
  | 'no-video'
  | 'bad-input'
  | 'end-of-input'
  | 'unknown';

interface Rule {
  readonly kind: FfmpegFailureKind;
  readonly matches: (ending: FfmpegEnding) => boolean;
  readonly code: 'ffmpeg_missing' | 'ffmpeg_failed' | 'channel_not_video' | 'channel_ended';
  readonly retry: boolean;
}

const says =
  (pattern: RegExp) =>
  ({ words }: FfmpegEnding): boolean =>
    words.some((line) => pattern.test(line));

/** Exit codes of FFmpeg after a signal that it handles, and of a shell after SIGINT, SIGKILL and SIGTERM. */
const killedCodes: ReadonlySet<number> = new Set([255, 130, 137, 143]);

/** The first matching rule applies. */
const rules: readonly Rule[] = [
  // This rule comes before those on FFmpeg's messages, since a killed FFmpeg reports errors about its cut connections.
  {
    kind: 'killed',
    matches: ({ signal, exitCode }) => signal !== null || killedCodes.has(exitCode ?? 0),
    code: 'ffmpeg_failed',
    retry: true,
  },
  { kind: 'missing', matches: says(/ENOENT|EACCES/), code: 'ffmpeg_missing', retry: false },
  {
    kind: 'no-encoder',
    matches: says(/unknown encoder|cannot load .*(cuda|nvcuda|mfx|amf)|no capable devices/i),
    code: 'ffmpeg_failed',
    retry: false,
  },
  {
    kind: 'no-video',
    matches: says(/matches no streams|does not contain any stream/i),
    code: 'channel_not_video',
    retry: true,
  },
  {
    kind: 'bad-input',
    matches: says(/invalid data found|could not find codec parameters|non-existing|error while decoding/i),
    code: 'channel_not_video',
    retry: true,
  },
  { kind: 'end-of-input', matches: ({ exitCode }) => exitCode === 0, code: 'channel_ended', retry: true },
];

/** Explains how an FFmpeg run ended by the rules above. */
export function explainEnding(ending: FfmpegEnding): FfmpegFailure {
  const rule = rules.find(({ matches }) => matches(ending));
  // FFmpeg's messages may contain secrets, so they go only to the log, which is scrubbed.
  const cause = new Error(
    `FFmpeg ended (${ending.signal ?? ending.exitCode ?? 'not started'}): ${ending.words.slice(-3).join(' | ')}`,
  );
  const error = new AppError(rule?.code ?? 'ffmpeg_failed', {}, { cause });
  return { kind: rule?.kind ?? 'unknown', error, retry: rule?.retry ?? true };
}
