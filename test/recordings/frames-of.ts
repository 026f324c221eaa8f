import { execa } from 'execa';
import { findFfmpeg } from '../../src/stream/ffmpeg/binary.ts';

/** The pictures of a file, each by the checksum of what it decodes to, in order. @param input a path, or bytes. */
export async function framesOf(input: string | Buffer): Promise<string[]> {
  const { path } = await findFfmpeg(null);
  const { stdout } = await execa(
    path,
    [
      ...['-hide_banner', '-loglevel', 'error', '-i', typeof input === 'string' ? input : 'pipe:0'],
      ...['-map', '0:v:0', '-vsync', 'passthrough', '-f', 'framemd5', 'pipe:1'],
    ],
    { ...(typeof input === 'string' ? { stdin: 'ignore' } : { input }), timeout: 60_000 },
  );
  return stdout
    .split('\n')
    .flatMap((line) => (line.startsWith('#') ? [] : (line.split(',').at(-1)?.trim() ?? [])));
}

/** The kinds of a file's streams, such as `Video: h264`. */
export async function streamsOfFile(path: string): Promise<string[]> {
  const ffmpeg = await findFfmpeg(null);
  const { stderr } = await execa(ffmpeg.path, ['-hide_banner', '-i', path], {
    reject: false,
    stdin: 'ignore',
  });
  return [...stderr.matchAll(/Stream #.*?: ((?:Video|Audio|Subtitle): \w+)/g)].map(([, kind]) => kind ?? '');
}
