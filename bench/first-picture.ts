import { get } from 'node:http';
import { isRandomAccess, isUnitStart, PACKET_SIZE, pidOf } from '../src/stream/mpeg-ts/packets.ts';
import { declaredContent, parseProgramList, parseProgramMap } from '../src/stream/mpeg-ts/program-map.ts';
import { SectionReader } from '../src/stream/mpeg-ts/psi.ts';

/** How a player gets to its first picture. Times are milliseconds from the request on. */
export interface FirstPicture {
  /** When the answer's head came. */
  readonly answered: number;
  /** When the tables and the whole first keyframe were there. */
  readonly shown: number;
  /** All bytes until then. */
  readonly bytes: Buffer;
}

/** Milliseconds. */
const PATIENCE = 20_000;

/** Opens a continuous MPEG-TS, as a player does, on a connection of its own, and leaves at its first picture. */
export function firstPicture(url: string): Promise<FirstPicture> {
  return new Promise((resolve, reject) => {
    const asked = performance.now();
    const request = get(url, { agent: false, signal: AbortSignal.timeout(PATIENCE) }, (response) => {
      if (response.statusCode !== 200) {
        request.destroy();
        reject(new Error(`${response.statusCode} instead of a stream`));
        return;
      }
      const answered = performance.now() - asked;
      const picture = new PictureReader();
      response.on('data', (chunk: Buffer) => {
        if (!picture.take(chunk)) return;
        const shown = performance.now() - asked;
        request.destroy();
        resolve({ answered, shown, bytes: picture.bytes });
      });
      response.on('end', () => reject(new Error('it ended before the first picture')));
      response.on('error', reject);
    });
    request.on('error', reject);
  });
}

/** Waits for the PAT, the PMT and one whole keyframe of its video, which ends where the next frame begins. */
class PictureReader {
  bytes = Buffer.alloc(0);
  #read = 0;
  #mapPid: number | null = null;
  #videoPid: number | null = null;
  #hasKeyframe = false;
  readonly #list = new SectionReader((section) => {
    this.#mapPid ??= parseProgramList(section)?.programs[0]?.mapPid ?? null;
  });
  readonly #map = new SectionReader((section) => {
    const video = parseProgramMap(section)?.streams.find((each) => declaredContent(each)?.kind === 'video');
    this.#videoPid ??= video?.pid ?? null;
  });

  /** @returns whether the picture is there. */
  take(chunk: Buffer): boolean {
    this.bytes = Buffer.concat([this.bytes, chunk]);
    for (; this.#read + PACKET_SIZE <= this.bytes.length; this.#read += PACKET_SIZE)
      if (this.#takePacket(this.#read)) return true;
    return false;
  }

  #takePacket(at: number): boolean {
    const pid = pidOf(this.bytes, at);
    if (pid === 0) this.#list.take(this.bytes, at);
    else if (pid === this.#mapPid) this.#map.take(this.bytes, at);
    else if (pid === this.#videoPid && isUnitStart(this.bytes, at)) {
      if (this.#hasKeyframe) return true;
      this.#hasKeyframe = isRandomAccess(this.bytes, at);
    }
    return false;
  }
}
