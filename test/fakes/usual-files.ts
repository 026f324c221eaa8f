import type { RecordingFiles } from '../../src/domain/recording.ts';
import { parseRecordingNames, USUAL_NAMES } from '../../src/domain/recording-names.ts';

/** How the files of recordings are made by default. */
export const usualFiles: RecordingFiles = { names: parseRecordingNames(USUAL_NAMES) ?? [], format: 'mkv' };
