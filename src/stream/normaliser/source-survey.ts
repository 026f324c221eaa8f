import { hasPayload, isScrambled, isUnitStart, pidOf } from '../mpeg-ts/packets.ts';
import {
  agrees,
  type Content,
  declaredContent,
  type ProgramList,
  type ProgramMap,
  parseProgramList,
  parseProgramMap,
  type StreamEntry,
  sameContent,
} from '../mpeg-ts/program-map.ts';
import { SectionReader } from '../mpeg-ts/psi.ts';
import { sniff } from '../mpeg-ts/sniff-codec.ts';

const PAT_PID = 0;
const PIDS = 0x2000;
/** PES packets in a row that must contradict a stream's content; one is enough if the PMT declares the new content. */
const CONTRADICTIONS = 2;
/** More scrambled packets than this are no bit set by mistake. */
const SCRAMBLED_PACKETS = 20;
/** Number of the programme that is made up for a source without tables. */
const MADE_UP = 1;

/** Content of one PID by its bytes. */
interface Finding {
  content: Content;
  /** A contradicting content, and how many times in a row it was seen. */
  rival: Content;
  rivals: number;
}

/**
 * Keeps track of a transport stream's structure with every packet: its PAT and PMTs, which PIDs send, and the content
 * of each PID by its bytes, which takes precedence over the tables.
 */
export class SourceSurvey {
  readonly #readers = new Map<number, SectionReader>([
    [PAT_PID, new SectionReader((section) => this.#takeList(section))],
  ]);
  /** The PAT's sections so far, all of one version, by number. */
  #list: ProgramList[] = [];
  readonly #maps = new Map<number, ProgramMap>();
  readonly #rawMaps = new Map<number, Buffer>();
  readonly #isSeen = new Uint8Array(PIDS);
  readonly #findings = new Map<number, Finding>();
  /** Scrambled packets since the last clear one, by PID. */
  readonly #scrambled = new Map<number, number>();
  #changes = 0;

  /** Counts changes of the tables and of the streams' content. */
  get changes(): number {
    return this.#changes;
  }

  /** Surveys one packet. */
  look(bytes: Buffer, at: number): void {
    const pid = pidOf(bytes, at);
    const reader = this.#readers.get(pid);
    if (reader) reader.take(bytes, at);
    if (reader || !hasPayload(bytes, at)) return;
    if (isScrambled(bytes, at)) {
      this.#scrambled.set(pid, (this.#scrambled.get(pid) ?? 0) + 1);
      return;
    }
    this.#isSeen[pid] = 1;
    if (!isUnitStart(bytes, at)) return;
    this.#scrambled.delete(pid);
    const content = sniff(bytes, at);
    if (content) this.#find(pid, content);
  }

  /** True if the PID has sent a packet that is not scrambled. */
  isSeen(pid: number): boolean {
    return this.#isSeen[pid] === 1;
  }

  /** True if the PID's bytes have told its content. */
  isSniffed(pid: number): boolean {
    return this.#findings.has(pid);
  }

  /** True if the PID's packets are encrypted. */
  isScrambled(pid: number): boolean {
    return (this.#scrambled.get(pid) ?? 0) > SCRAMBLED_PACKETS;
  }

  /** True if the bytes match the content that the PMT declares. */
  shows(entry: StreamEntry): boolean {
    const finding = this.#findings.get(entry.pid);
    return finding !== undefined && agrees(declaredContent(entry), finding.content);
  }

  /** Returns a stream's content by its bytes, else by the PMT. */
  contentOf(entry: StreamEntry): Content {
    return this.#findings.get(entry.pid)?.content ?? declaredContent(entry);
  }

  /** Programmes whose PMT is known, in the PAT's order. */
  get programs(): readonly ProgramMap[] {
    return this.#listed.flatMap(({ number }) => this.#maps.get(number) ?? []);
  }

  /** True if the PAT and the PMTs of all its programmes are known. */
  get isComplete(): boolean {
    return this.#listed.length > 0 && this.#listed.every(({ number }) => this.#maps.has(number));
  }

  program(number: number): ProgramMap | null {
    return this.#listed.some((listed) => listed.number === number) ? (this.#maps.get(number) ?? null) : null;
  }

  /** A programme of all video and audio found in the bytes, for sources without tables; null if there is none. */
  get madeUp(): ProgramMap | null {
    const streams = [...this.#findings].flatMap(([pid, { content }]) =>
      content ? [{ type: 0x06, pid, descriptors: Buffer.alloc(0) }] : [],
    );
    const first = streams.find(({ pid }) => this.#findings.get(pid)?.content?.kind === 'video') ?? streams[0];
    return first ? { number: MADE_UP, clockPid: first.pid, streams } : null;
  }

  get #listed(): ProgramList['programs'] {
    return this.#list.flatMap(({ programs }) => programs);
  }

  #takeList(section: Buffer): void {
    const list = parseProgramList(section);
    if (!list) return;
    const before = this.#list.find((part) => part.section === list.section);
    if (before && JSON.stringify(before) === JSON.stringify(list)) return;
    const sameVersion = this.#list.filter(
      (part) =>
        part.version === list.version && part.section !== list.section && part.section <= list.lastSection,
    );
    this.#list = [...sameVersion, list].sort((one, other) => one.section - other.section);
    const mapPids = new Set(this.#listed.map(({ mapPid }) => mapPid));
    for (const pid of this.#readers.keys())
      if (pid !== PAT_PID && !mapPids.has(pid)) this.#readers.delete(pid);
    for (const pid of mapPids)
      if (!this.#readers.has(pid)) this.#readers.set(pid, new SectionReader((map) => this.#takeMap(map)));
    this.#changes++;
  }

  #takeMap(section: Buffer): void {
    const map = parseProgramMap(section);
    if (!map || this.#rawMaps.get(map.number)?.equals(section)) return;
    this.#rawMaps.set(map.number, section);
    this.#maps.set(map.number, map);
    this.#changes++;
  }

  #find(pid: number, content: Content): void {
    const finding = this.#findings.get(pid);
    if (!finding) {
      this.#findings.set(pid, { content, rival: null, rivals: 0 });
      this.#changes++;
      return;
    }
    if (sameContent(finding.content, content)) {
      finding.rivals = 0;
      return;
    }
    finding.rivals = sameContent(finding.rival, content) ? finding.rivals + 1 : 1;
    finding.rival = content;
    if (finding.rivals < (this.#isDeclared(pid, content) ? 1 : CONTRADICTIONS)) return;
    this.#findings.set(pid, { content, rival: null, rivals: 0 });
    this.#changes++;
  }

  #isDeclared(pid: number, content: Content): boolean {
    return [...this.#maps.values()].some(({ streams }) =>
      streams.some((entry) => entry.pid === pid && agrees(declaredContent(entry), content)),
    );
  }
}
