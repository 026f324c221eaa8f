import { open } from 'node:fs/promises';
import type { AudioTrack } from '../domain/audio-track.ts';
import { PACKET_SIZE, pidOf } from '../stream/mpeg-ts/packets.ts';
import {
  declaredContent,
  parseProgramList,
  parseProgramMap,
  readLanguage,
} from '../stream/mpeg-ts/program-map.ts';
import { SectionReader } from '../stream/mpeg-ts/psi.ts';

/** A picture or sound of a part. */
export interface PartStream {
  readonly pid: number;
  /** Equal for streams that one decoder can read one after the other. */
  readonly format: string;
  /** Null for a picture. */
  readonly track: Omit<AudioTrack, 'id'> | null;
}

/** A track of sound of all parts. */
export interface PartsTrack extends AudioTrack {
  readonly pid: number;
}

/** Bytes at the beginning of a part in which its PAT and PMT are. */
const HEAD = 200 * PACKET_SIZE;

/** @see streamsOf. @throws the system's error */
export async function readStreams({ path }: { readonly path: string }): Promise<PartStream[]> {
  await using file = await open(path);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD), 0, HEAD, 0);
  return streamsOf(buffer.subarray(0, bytesRead));
}

/** The streams of what parts are joined to, in their order: that of the parts, or by PID where parts have others. */
export function joinedStreams(layouts: readonly (readonly PartStream[])[]): PartStream[] {
  const streams = new Map(layouts.flat().map((stream) => [stream.pid, stream]));
  const isSame = new Set(layouts.map((layout) => layout.map(({ pid }) => pid).join())).size <= 1;
  return isSame ? [...streams.values()] : [...streams.values()].toSorted((one, other) => one.pid - other.pid);
}

/** The tracks of sound that what parts are joined to has. */
export function tracksOf(layouts: readonly (readonly PartStream[])[]): PartsTrack[] {
  return joinedStreams(layouts)
    .flatMap(({ pid, track }) => (track ? [{ ...track, pid }] : []))
    .map((track, index) => ({ ...track, id: index + 1 }));
}

/** The streams of pictures and sound that the first PMT of a part lists. @param head the part's beginning, whole packets. */
function streamsOf(head: Buffer): PartStream[] {
  let mapPid: number | null = null;
  let streams: PartStream[] | null = null;
  const list = new SectionReader((section) => {
    mapPid ??= parseProgramList(section)?.programs[0]?.mapPid ?? null;
  });
  const map = new SectionReader((section) => {
    streams ??=
      parseProgramMap(section)?.streams.flatMap((entry) => {
        const content = declaredContent(entry);
        if (!content) return [];
        const track = content.kind === 'audio' ? { ...readLanguage(entry), codec: content.codec } : null;
        return [{ pid: entry.pid, format: `${content.kind} ${content.codec} ${entry.type}`, track }];
      }) ?? null;
  });
  for (let at = 0; at + PACKET_SIZE <= head.length && !streams; at += PACKET_SIZE) {
    const pid = pidOf(head, at);
    if (pid === 0) list.take(head, at);
    else if (pid === mapPid) map.take(head, at);
  }
  return streams ?? [];
}
