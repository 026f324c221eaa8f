import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { RecordingFormat } from '../domain/recording.ts';
import { argumentList } from '../lib/argument-list.ts';
import type { Logger } from '../lib/logger.ts';
import { atLowPriority, startProgram } from '../lib/start-program.ts';
import { joinedStreams, type PartStream, readStreams, tracksOf } from './part-streams.ts';
import type { StoredPart } from './unfinished-folder.ts';

export interface JoinOptions {
  /** The folder of the parts, where the file is made as well. */
  readonly folder: string;
  readonly ffmpegPath: string;
  readonly format: RecordingFormat;
  readonly logger: Logger;
  readonly signal: AbortSignal;
}

/** A file made of all parts. */
export interface JoinedFile {
  readonly path: string;
  readonly ending: RecordingFormat | 'ts';
}

/** Letters of what FFmpeg says that are logged. */
const LONGEST_REASON = 300;

/** What is taken of the parts; some kinds of subtitles have no place in Matroska. */
const everything = '-map 0:v? -map 0:a? -map 0:s?';
const withoutSubtitles = '-map 0:v? -map 0:a?';

/**
 * Makes one file of all parts by copy: MP4 if it is wished and takes everything, else Matroska, or a transport stream where the
 * parts do not fit into Matroska.
 * @throws the system's error, or the signal's reason; the parts are as they were then.
 */
export async function joinParts(parts: readonly StoredPart[], options: JoinOptions): Promise<JoinedFile> {
  const { folder, format, logger, signal } = options;
  const list = join(folder, 'parts.txt');
  const layouts = await Promise.all(parts.map(readStreams));
  const inputs = inputsFor(layouts, parts);
  const forms = [
    ...(format === 'mp4' ? ([['mp4', everything]] as const) : []),
    ['mkv', everything],
    ['mkv', withoutSubtitles],
  ] as const;
  for (const [ending, maps] of inputs ? forms : []) {
    await writeFile(list, inputs ?? '');
    const path = join(folder, `joined.${ending}`);
    const input = [...argumentList(`-f concat -i ${basename(list)}`), ...argumentList(maps)];
    const reason = await copyTo(path, [...input, ...muxer(ending, layouts)], options);
    if (reason === null) return { path, ending };
    signal.throwIfAborted();
    logger.info({ parts: parts.length, maps, reason }, `a recording did not fit into ${ending}`);
  }
  return { path: await appendAll(parts, options), ending: 'ts' };
}

/**
 * FFmpeg's list of the parts; null where a stream changes its codec, so that no file but a transport stream can hold them.
 * Parts with other sound tracks are matched by their PIDs, others by their order, which keeps subtitles.
 */
export function inputsFor(
  layouts: readonly (readonly PartStream[])[],
  parts: readonly Pick<StoredPart, 'number'>[],
): string | null {
  const files = parts.map(({ number }) => `file part-${number}.ts`);
  const formats = new Map<number, string>();
  for (const { pid, format } of layouts.flat()) {
    if ((formats.get(pid) ?? format) !== format) return null;
    formats.set(pid, format);
  }
  const isSame = new Set(layouts.map((streams) => streams.map(({ pid }) => pid).join())).size <= 1;
  const streams = isSame
    ? []
    : joinedStreams(layouts).flatMap(({ pid }) => ['stream', `exact_stream_id ${pid}`]);
  return ['ffconcat version 1.0', ...streams, ...files, ''].join('\n');
}

/** Apple's players take HEVC in MP4 by one of its two tags only. */
function muxer(ending: RecordingFormat, layouts: readonly (readonly PartStream[])[]): string[] {
  // Lists of parts lose what a track is for.
  const purposes = tracksOf(layouts).flatMap(({ id, isDescription }) =>
    isDescription ? [`-disposition:a:${id - 1}`, 'visual_impaired'] : [],
  );
  if (ending === 'mkv') return ['-c', 'copy', ...purposes, '-f', 'matroska'];
  const isHevc = layouts.flat().some(({ format }) => format.startsWith('video hevc'));
  return [
    ...['-c', 'copy', ...purposes],
    ...argumentList(`-movflags +faststart ${isHevc ? '-tag:v hvc1 ' : ''}-f mp4`),
  ];
}

/** Resolves with null if FFmpeg has copied everything without an error, else with the end of what it said. */
async function copyTo(
  path: string,
  args: readonly string[],
  { folder, ffmpegPath, signal }: JoinOptions,
): Promise<string | null> {
  const options = argumentList('-hide_banner -nostats -loglevel error -xerror -y -fflags +genpts');
  const run = atLowPriority(
    startProgram(ffmpegPath, [...options, ...args, path], {
      cwd: folder,
      stdin: 'ignore',
      stdout: 'ignore',
      reject: false,
      cancelSignal: signal,
    }),
  );
  const { exitCode, stderr } = await run;
  const made = await stat(path).catch(() => null);
  if (exitCode === 0 && made && made.size > 0) return null;
  await rm(path, { force: true });
  return `${stderr.slice(-LONGEST_REASON)} (${exitCode})`;
}

/** One part behind the other; a single part is only given another name. */
async function appendAll(parts: readonly StoredPart[], { folder, signal }: JoinOptions): Promise<string> {
  const path = join(folder, 'joined.ts');
  const [first, ...others] = parts;
  if (first && others.length === 0) {
    await rename(first.path, path);
    return path;
  }
  for (const [at, part] of parts.entries())
    await pipeline(createReadStream(part.path), createWriteStream(path, { flags: at === 0 ? 'w' : 'a' }), {
      signal,
    });
  return path;
}
