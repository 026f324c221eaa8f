import { AppError } from '../../domain/errors.ts';
import { declaredContent, type ProgramMap, type StreamEntry } from '../mpeg-ts/program-map.ts';
import type { SourceSurvey } from './source-survey.ts';

/** Milliseconds to wait for declared audio. */
const TRACK_PATIENCE = 500;
/** Milliseconds to wait for video of the first of several programmes. */
const PROGRAM_PATIENCE = 300;
/** Milliseconds to wait for declared video, and for PAT and PMT. */
const PICTURE_PATIENCE = 1_500;
/** Milliseconds to wait for anything at all. */
const LONGEST_PATIENCE = 12_000;

/**
 * Chooses the programme of a source that is being opened: the first in its PAT that sends video, else one that sends
 * audio, else one made up from the bytes. Null while the choice may still change.
 * @param waited milliseconds since the first byte.
 * @throws AppError channel_scrambled, channel_not_video
 */
export function chooseProgram(survey: SourceSurvey, waited: number): ProgramMap | null {
  const { programs } = survey;
  const isHeard = (program: ProgramMap) =>
    waited > TRACK_PATIENCE || streamsOf(program, 'audio', survey).every((entry) => isKnown(entry, survey));
  const sends = (kind: 'video' | 'audio') => (program: ProgramMap) =>
    streamsOf(program, kind, survey).some(({ pid }) => survey.isSeen(pid));
  const shown = programs.find(sends('video'));
  const first = programs.find((program) => streamsOf(program, 'video', survey).length > 0);
  if (shown && (shown === first || waited > PROGRAM_PATIENCE)) return isHeard(shown) ? shown : null;
  const heard = programs.find(sends('audio')) ?? null;
  if (heard && !first && survey.isComplete) return isHeard(heard) ? heard : null;
  if (waited <= PICTURE_PATIENCE) return null;
  if (isScrambled(survey)) throw new AppError('channel_scrambled');
  const program = believeBytes(heard, survey);
  if (!program && waited > LONGEST_PATIENCE) throw new AppError('channel_not_video');
  return program;
}

/** True if an audio stream sends packets and, if it is AAC, its first frame has told whether it can be copied. */
function isKnown(entry: StreamEntry, survey: SourceSurvey): boolean {
  return survey.isSeen(entry.pid) && (declaredContent(entry)?.codec !== 'aac' || survey.isSniffed(entry.pid));
}

/** True if the programme sends video or audio that it declares. */
export function isAlive({ streams }: ProgramMap, survey: SourceSurvey): boolean {
  return streams.some((entry) => survey.contentOf(entry) !== null && survey.isSeen(entry.pid));
}

/** Makes a programme up from the bytes if the tables are missing, or name no PID that sends while others send video. */
function believeBytes(heard: ProgramMap | null, survey: SourceSurvey): ProgramMap | null {
  const { madeUp, programs } = survey;
  if (!heard || programs.length > 1) return heard ?? madeUp;
  return madeUp && streamsOf(madeUp, 'video', survey).length > 0 ? madeUp : heard;
}

/** True if the video, or else every stream, of a programme is encrypted. */
function isScrambled(survey: SourceSurvey): boolean {
  return survey.programs.some((program) => {
    const pictures = streamsOf(program, 'video', survey);
    const all = pictures.length > 0 ? pictures : program.streams;
    return all.length > 0 && all.every(({ pid }) => survey.isScrambled(pid));
  });
}

function streamsOf({ streams }: ProgramMap, kind: 'video' | 'audio', survey: SourceSurvey) {
  return streams.filter((entry) => survey.contentOf(entry)?.kind === kind);
}
