import { basename, extname } from 'node:path';
import { Readable } from 'node:stream';
import fastifyStatic from '@fastify/static';
import type { FastifyError, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../domain/errors.ts';
import type { PlayerQuery, ViewerCheck } from './player-request.ts';
import type { SentBytes } from './sent-bytes.ts';

/** A file below a folder. */
interface FileBelow {
  readonly root: string;
  readonly file: string;
}

/** Bytes of a part. */
interface PartRange {
  readonly part: number;
  readonly from: number;
  readonly to: number;
}

export interface RecordingFileOptions {
  readonly recordings: {
    /** @throws AppError recording_unknown, recording_not_ready, recording_file_gone */
    fileOf(id: number): Promise<FileBelow>;
    /**
     * The playlist of a recording that is not one file yet; null where it is. @param query behind each address.
     * @param form `addresses` for browsers. @throws AppError recording_unknown, recording_not_ready
     */
    playlistOf(id: number, query: string, form: 'ranges' | 'addresses'): Promise<string | null>;
    /** A part that the playlist lists. @throws AppError recording_unknown, recording_file_gone */
    partOf(id: number, number: number): Promise<FileBelow>;
    /** Notes a reader until the returned function is called. */
    read(id: number): () => void;
  };
  readonly playback: {
    /**
     * The playlist of a finished recording; null where its file has no index. @param query behind each address.
     * @throws AppError as `fileOf`
     */
    playlistOf(id: number, query: string): Promise<string | null>;
    /**
     * A segment that the playlist lists, as MPEG-TS. @param track the number of the sound for browsers; null for all as it is.
     * @throws AppError as `fileOf`, not_found
     */
    segmentOf(
      id: number,
      number: number,
      track: number | null,
      signal: AbortSignal,
    ): Promise<AsyncIterable<Buffer>>;
    /** A segment for browsers of a recording that is not one file yet. @throws AppError recording_file_gone, not_found */
    partSegmentOf(
      id: number,
      range: PartRange,
      track: number,
      signal: AbortSignal,
    ): Promise<AsyncIterable<Buffer>>;
  };
  readonly checkViewer: ViewerCheck;
  readonly sent: Pick<SentBytes, 'follow'>;
}

interface PartRoute {
  Params: { id: string; file: string };
  Querystring: PlayerQuery;
}

interface SoundRoute {
  Params: { id: string; track: string; file: string };
  Querystring: PlayerQuery;
}

interface FileRoute {
  Params: { id: string };
  Querystring: PlayerQuery;
}

const types: Readonly<Record<string, string>> = {
  '.mkv': 'video/x-matroska',
  '.mp4': 'video/mp4',
  '.ts': 'video/mp2t',
};

/** The files of recordings, with ranges, for whoever may watch. */
export function recordingFileOutput({
  recordings,
  playback,
  checkViewer,
  sent,
}: RecordingFileOptions): FastifyPluginAsync {
  const schema = {
    tags: ['players'],
    summary: 'The file of a recording, with ranges; with `?key=…` if need be',
  };
  const describedParts = {
    tags: ['players'],
    summary:
      'A recording as `index.m3u8`, a playlist from its beginning, and the parts or segments that it lists',
  };
  const describedSound = {
    tags: ['players'],
    summary:
      'The same for browsers, which play few kinds of sound: the picture with one track of sound, by its number, as AAC',
  };

  async function sendPlaylist(
    request: Pick<FastifyRequest<FileRoute>, 'params' | 'query'>,
    reply: FastifyReply,
    form: 'ranges' | 'addresses',
  ): Promise<FastifyReply> {
    const id = idIn(request);
    const query = queryOf(request);
    const playlist = (await recordings.playlistOf(id, query, form)) ?? (await playback.playlistOf(id, query));
    void reply.header('cache-control', 'no-store');
    if (playlist === null) return reply.redirect(`/recordings/${id}${query}`);
    return reply.type('application/vnd.apple.mpegurl').send(playlist);
  }

  async function sendSegment(
    reply: FastifyReply,
    make: (signal: AbortSignal) => Promise<AsyncIterable<Buffer>>,
  ): Promise<FastifyReply> {
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    sent.follow('recordings', reply.raw);
    const bytes = await make(gone.signal);
    return reply
      .headers({ 'content-type': 'video/mp2t', 'cache-control': 'private, max-age=3600' })
      .send(Readable.from(bytes, { objectMode: false }));
  }

  return async (app) => {
    // Players look at the end of a file that has grown shorter.
    app.setErrorHandler((error: FastifyError, _request, reply) => {
      if (error.statusCode !== 416) throw error;
      return reply.code(416).send();
    });
    await app.register(fastifyStatic, { root: process.cwd(), serve: false, cacheControl: false });

    app.get<FileRoute>('/recordings/:id', { schema }, async (request, reply) => {
      checkViewer(request);
      const id = idIn(request);
      const { root, file } = await recordings.fileOf(id);
      const leave = recordings.read(id);
      reply.raw.once('close', leave);
      // The answer may have been closed while the file was looked for.
      if (reply.raw.destroyed) leave();
      sent.follow('recordings', reply.raw);
      return reply
        .headers({
          'content-type': types[extname(file)] ?? 'application/octet-stream',
          'content-disposition': `inline; filename*=UTF-8''${encodeURIComponent(basename(file))}`,
          'cache-control': 'private, no-cache',
          'access-control-allow-origin': '*',
        })
        .sendFile(file, root);
    });

    app.get<PartRoute>('/recordings/:id/:file', { schema: describedParts }, async (request, reply) => {
      checkViewer(request);
      const id = idIn(request);
      const { file } = request.params;
      void reply.header('access-control-allow-origin', '*');
      if (file === 'index.m3u8') return sendPlaylist(request, reply, 'ranges');
      const segment = segmentIn(file);
      if (segment !== null)
        return sendSegment(reply, (signal) => playback.segmentOf(id, segment, null, signal));
      const number = /^part-(\d{1,6})\.ts$/.exec(file)?.[1];
      if (number === undefined) throw new AppError('not_found');
      const part = await recordings.partOf(id, Number(number));
      sent.follow('recordings', reply.raw);
      return (
        reply
          .headers({ 'content-type': 'video/mp2t', 'cache-control': 'private, no-cache' })
          // It still grows.
          .sendFile(part.file, part.root, { etag: false, lastModified: false })
      );
    });

    app.get<SoundRoute>(
      '/recordings/:id/sound/:track/:file',
      { schema: describedSound },
      async (request, reply) => {
        checkViewer(request);
        const id = idIn(request);
        const { file, track: given } = request.params;
        if (!/^\d{1,3}$/.test(given)) throw new AppError('not_found');
        const track = Number(given);
        void reply.header('access-control-allow-origin', '*');
        if (file === 'index.m3u8') return sendPlaylist(request, reply, 'addresses');
        const segment = segmentIn(file);
        if (segment !== null)
          return sendSegment(reply, (signal) => playback.segmentOf(id, segment, track, signal));
        const range = rangeIn(file);
        if (range === null) throw new AppError('not_found');
        return sendSegment(reply, (signal) => playback.partSegmentOf(id, range, track, signal));
      },
    );
  };
}

/** The number in a segment's name. */
function segmentIn(file: string): number | null {
  const number = /^segment-(\d{1,6})\.ts$/.exec(file)?.[1];
  return number === undefined ? null : Number(number);
}

function rangeIn(file: string): PartRange | null {
  const [, part, from, to] = /^part-(\d{1,6})-(\d{1,15})-(\d{1,15})\.ts$/.exec(file) ?? [];
  return part === undefined ? null : { part: Number(part), from: Number(from), to: Number(to) };
}

/** The key that came with a request, for the addresses in the answer. */
function queryOf({ query: { key } }: { readonly query: PlayerQuery }): string {
  return typeof key === 'string' ? `?key=${encodeURIComponent(key)}` : '';
}

/** @throws AppError recording_unknown */
function idIn({ params }: { readonly params: FileRoute['Params'] }): number {
  const id = /^\d{1,15}$/.test(params.id) ? Number(params.id) : null;
  if (id === null) throw new AppError('recording_unknown');
  return id;
}
