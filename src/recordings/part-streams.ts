import { PACKET_SIZE, pidOf } from '../stream/mpeg-ts/packets.ts';
import { declaredContent, parseProgramList, parseProgramMap } from '../stream/mpeg-ts/program-map.ts';
import { SectionReader } from '../stream/mpeg-ts/psi.ts';

/** A picture or sound of a part. */
export interface PartStream {
  readonly pid: number;
  /** Equal for streams that one decoder can read one after the other. */
  readonly format: string;
}

/** The streams of pictures and sound that the first PMT of a part lists. @param head the part's beginning, whole packets. */
export function streamsOf(head: Buffer): PartStream[] {
  let mapPid: number | null = null;
  let streams: PartStream[] | null = null;
  const list = new SectionReader((section) => {
    mapPid ??= parseProgramList(section)?.programs[0]?.mapPid ?? null;
  });
  const map = new SectionReader((section) => {
    streams ??=
      parseProgramMap(section)?.streams.flatMap((entry) => {
        const content = declaredContent(entry);
        return content ? [{ pid: entry.pid, format: `${content.kind} ${content.codec} ${entry.type}` }] : [];
      }) ?? null;
  });
  for (let at = 0; at + PACKET_SIZE <= head.length && !streams; at += PACKET_SIZE) {
    const pid = pidOf(head, at);
    if (pid === 0) list.take(head, at);
    else if (pid === mapPid) map.take(head, at);
  }
  return streams ?? [];
}
