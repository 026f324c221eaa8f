import { access, copyFile, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Recording } from '../domain/recording.ts';
import type { RecordingNames } from '../domain/recording-names.ts';
import { makeFolder } from '../lib/make-folder.ts';
import { recordingPlace } from './file-names.ts';
import { type JoinedFile, type JoinOptions, joinParts } from './join-parts.ts';
import { recordingNfo } from './nfo.ts';
import type { StoredPart } from './unfinished-folder.ts';

export interface FinishOptions extends JoinOptions {
  /** The folder of all recordings. */
  readonly root: string;
  readonly names: RecordingNames;
  /** Called with the file's place below the root before the file is there. */
  readonly onPlace: (file: string) => void;
}

/**
 * Makes the parts one file in its final place, where it appears as a whole. Called again after a crash, it goes on.
 * @returns the file's bytes. @throws the system's error, or the signal's reason; nothing is lost then.
 */
export async function finishRecording(
  recording: Recording,
  parts: readonly StoredPart[],
  options: FinishOptions,
): Promise<number> {
  const { root, names, onPlace } = options;
  const known = recording.file === null ? null : await sizeOf(join(root, recording.file));
  // It got its place just before the crash.
  if (known !== null) return known;
  const joined = (await leftOver(parts, options)) ?? (await joinParts(parts, options));
  const file = await freePlace(root, recordingPlace(recording, names), joined.ending);
  const path = join(root, file);
  await makeFolder(dirname(path));
  onPlace(file);
  await writeFile(nfoOf(path), recordingNfo(recording));
  await move(joined.path, path);
  return (await stat(path)).size;
}

/** Deletes a recording's file, and the folders that are empty then. @throws the system's error */
export async function deleteFile(root: string, file: string): Promise<void> {
  const path = join(root, file);
  await rm(path, { force: true });
  await rm(nfoOf(path), { force: true });
  for (let folder = dirname(file); folder !== '.'; folder = dirname(folder)) {
    try {
      await rmdir(join(root, folder));
    } catch {
      // Something else is in it.
      return;
    }
  }
}

/** The single part of a recording that a crash has left with another name and without a place. */
async function leftOver(
  parts: readonly StoredPart[],
  { folder }: Pick<JoinOptions, 'folder'>,
): Promise<JoinedFile | null> {
  const path = join(folder, 'joined.ts');
  return parts.length === 0 && (await sizeOf(path)) !== null ? { path, ending: 'ts' } : null;
}

/** The first place that no other file has, with ` (2)` and so on. */
async function freePlace(root: string, place: string, ending: string): Promise<string> {
  for (let number = 1; ; number++) {
    const file = `${place}${number === 1 ? '' : ` (${number})`}.${ending}`;
    const isTaken = await access(join(root, file)).then(
      () => true,
      () => false,
    );
    if (!isTaken) return file;
  }
}

/** Also where a folder below the root is another file system. */
async function move(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EXDEV')) throw error;
    const hidden = join(dirname(to), `.unfinished-${process.pid}`);
    await copyFile(from, hidden);
    await rename(hidden, to);
  }
}

function sizeOf(path: string): Promise<number | null> {
  return stat(path).then(
    ({ size }) => size,
    () => null,
  );
}

function nfoOf(path: string): string {
  return path.replace(/\.\w+$/, '.nfo');
}
