import { createReadStream, createWriteStream } from 'node:fs';
import { open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { argumentList } from '../lib/argument-list.ts';
import type { Logger } from '../lib/logger.ts';
import { atLowPriority, startProgram } from '../lib/start-program.ts';
import { PACKET_SIZE } from '../stream/mpeg-ts/packets.ts';
import { type PartStream, streamsOf } from './part-streams.ts';
import type { StoredPart } from './unfinished-folder.ts';

export interface JoinOptions {
  /** The folder of the parts, where the file is made as well. */
  readonly folder: string;
  readonly ffmpegPath: string;
  readonly logger: Logger;
  readonly signal: AbortSignal;
}

/** A file made of all parts. */
export interface JoinedFile {
  readonly path: string;
  readonly ending: 'mkv' | 'ts';
}

/** Bytes at the beginning of a part in which its PAT and PMT are. */
const HEAD = 200 * PACKET_SIZE;

/**
 * Makes one file of all parts by copy: Matroska, or a transport stream where the parts do not fit into Matroska.
 * @throws the system's error, or the signal's reason; the parts are as they were then.
 */
export async function joinParts(parts: readonly StoredPart[], options: JoinOptions): Promise<JoinedFile> {
  const { folder, logger, signal } = options;
  const list = join(folder, 'parts.txt');
  const inputs = inputsFor(await Promise.all(parts.map(readStreams)), parts);
  const path = join(folder, 'joined.mkv');
  // Some kinds of subtitles have no place in Matroska.
  for (const maps of inputs ? ['-map 0:v? -map 0:a? -map 0:s?', '-map 0:v? -map 0:a?'] : []) {
    await writeFile(list, inputs ?? '');
    if (
      await copyTo(path, [...argumentList(`-f concat -i ${basename(list)}`), ...argumentList(maps)], options)
    )
      return { path, ending: 'mkv' };
    signal.throwIfAborted();
    logger.info({ parts: parts.length, maps }, 'a recording did not fit into Matroska');
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
  const pids = [...formats.keys()].toSorted((one, other) => one - other);
  const streams = isSame ? [] : pids.flatMap((pid) => ['stream', `exact_stream_id ${pid}`]);
  return ['ffconcat version 1.0', ...streams, ...files, ''].join('\n');
}

async function readStreams({ path }: StoredPart): Promise<PartStream[]> {
  await using file = await open(path);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD), 0, HEAD, 0);
  return streamsOf(buffer.subarray(0, bytesRead));
}

/** True if FFmpeg has copied everything without an error. */
async function copyTo(
  path: string,
  input: readonly string[],
  { folder, ffmpegPath, logger, signal }: JoinOptions,
): Promise<boolean> {
  const options = argumentList('-hide_banner -nostats -loglevel fatal -xerror -y -fflags +genpts');
  const run = atLowPriority(
    startProgram(ffmpegPath, [...options, ...input, ...argumentList('-c copy -f matroska'), path], {
      cwd: folder,
      stdin: 'ignore',
      stdout: 'ignore',
      reject: false,
      cancelSignal: signal,
    }),
  );
  const { exitCode, stderr } = await run;
  const made = await stat(path).catch(() => null);
  if (exitCode === 0 && made && made.size > 0) return true;
  if (!signal.aborted) logger.warn({ exitCode, stderr }, 'FFmpeg could not join the parts of a recording');
  await rm(path, { force: true });
  return false;
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
