import { AppError } from '../../domain/errors.ts';
import { declaredContent, type ProgramMap, type StreamEntry } from '../mpeg-ts/program-map.ts';
import type { SourceSurvey } from './source-survey.ts';

/** Milliseconds to wait for declared sound to come. */
const TRACK_PATIENCE = 500;
/** … for the first of several programmes to show its picture. */
const PROGRAM_PATIENCE = 300;
/** … for a declared picture, and for tables. */
const PICTURE_PATIENCE = 1_500;
/** … for anything at all. */
const LONGEST_PATIENCE = 12_000;

/**
 * The programme to take of a source that is being opened: the first in its PAT that shows a picture, else one that sends
 * sound, else whatever the bytes tell. Null while that may yet change.
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

/** It sends something. What kind of AAC it is decides whether it is copied, and is in its first frame. */
function isKnown(entry: StreamEntry, survey: SourceSurvey): boolean {
  return survey.isSeen(entry.pid) && (declaredContent(entry)?.codec !== 'aac' || survey.isSniffed(entry.pid));
}

/** Something of picture and sound that it names does come. */
export function isAlive({ streams }: ProgramMap, survey: SourceSurvey): boolean {
  return streams.some((entry) => survey.contentOf(entry) !== null && survey.isSeen(entry.pid));
}

/** Tables that never come, or name PIDs on which nothing is while a picture is elsewhere, are not believed. */
function believeBytes(heard: ProgramMap | null, survey: SourceSurvey): ProgramMap | null {
  const { madeUp, programs } = survey;
  if (!heard || programs.length > 1) return heard ?? madeUp;
  return madeUp && streamsOf(madeUp, 'video', survey).length > 0 ? madeUp : heard;
}

/** The picture, or all there is, is encrypted. */
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
