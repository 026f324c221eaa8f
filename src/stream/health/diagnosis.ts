import type { TroubleKind } from '../../domain/trouble.ts';
import { DropDetector } from './drop-detector.ts';
import type { ProbeResult } from './keyframe-probe.ts';
import { comparePictures } from './picture-comparison.ts';
import type { SegmentSigns } from './segment-signs.ts';

/** Milliseconds on air before the first probe: a picture counts as frozen only after it has been seen to move. */
const FIRST_PROBE = 7_000;
/** Milliseconds between probes without a sign, since some encoders pad a black picture to full size. */
const PROBE_EVERY = 5 * 60_000;
/** Milliseconds that a cheap sign must last before a probe. */
const SIGN_LASTS = { picture: 6_000, sound: 20_000 };
/** Milliseconds between the first probes of a trouble; later ones are rarer, since a radio channel may always show a still. */
const PROBE_AGAIN = 12_000;
/** Probes of a trouble at the shortest interval. */
const FAST_PROBES = 4;
/** Longest interval between probes of a reported trouble, milliseconds. */
const PROBE_WHILE_REPORTED = 60_000;
/** Milliseconds until the next probe after a sign that proved wrong, doubled after each further one. */
const FALSE_SIGN_PAUSE = 30_000;

/** Milliseconds that a trouble must last before it is reported; a false alarm is worse than silence. */
const REPORT_AFTER: Readonly<Record<TroubleKind, number>> = {
  black: 20_000,
  frozen: 40_000,
  notice: 0,
  silent: 60_000,
  damaged: 10_000,
};
/** Milliseconds that a trouble must last before another variant takes over, without sound and with sound. */
const FAILOVER_AFTER = {
  black: { silent: 30_000, heard: 60_000 },
  frozen: { silent: 60_000, heard: 150_000 },
  notice: { silent: 0, heard: 0 },
};
/** Probes in a row that must confirm a symptom. */
const MIN_PROBES = 2;

/** Decibels below full scale that count as silence. */
const SILENCE = -70;
/** Decoder errors in one probe that count as damage. */
const MIN_ERRORS = 5;
/** Share, and number, of lost or broken packets that count as damage. */
const DAMAGED_SHARE = 0.005;
const MIN_DAMAGED = 5;

/** Bytes of an unchanged picture, and of a second of silence; and the same as fractions of the usual size. */
const LOW = { picture: { floor: 552, fraction: 1 / 8 }, sound: { floor: 2_500, fraction: 1 / 4 } };

/** A possible trouble, from its first sign until it ends. */
export interface Symptom {
  readonly kind: TroubleKind;
  readonly since: number;
  /** Probes in a row that confirmed it. */
  readonly probes: number;
}

/**
 * Diagnoses one source on air from cheap signs in its segments and from probes of decoded pictures, which it requests.
 * All times are milliseconds, monotonic.
 */
export class Diagnosis {
  readonly #startedAt: number;
  readonly #pictures = new DropDetector(LOW.picture);
  readonly #sounds = new DropDetector(LOW.sound);
  #picture: Symptom | null = null;
  /** True if picture sizes show the symptom too, so that it ends as soon as they recover. */
  #isPictureSmall = false;
  #sound: Symptom | null = null;
  #damage: Symptom | null = null;
  #notice: Symptom | null = null;
  /** Damage seen in the packets. */
  #loss: Symptom | null = null;
  #hasMoved = false;
  #wasHeard = false;
  /** True after one probe without damage; some sources make the decoder report errors all the time. */
  #wasClean = false;
  #lastProbe: number | null = null;
  #lastPicture: Uint8Array | null = null;
  /** Probes in a row for a sign that proved wrong. */
  #falseSigns = 0;

  constructor(now: number) {
    this.#startedAt = now;
  }

  /** Takes the signs of a new segment. @param duration milliseconds. */
  segment({ picture, sound }: SegmentSigns, duration: number, now: number): void {
    this.#pictures.take(picture, now - duration);
    this.#sounds.take(sound, now - duration);
    if (this.#isPictureSmall && this.#pictures.lowSince === null) this.#picture = null;
    if (!this.#hasSign(now)) this.#falseSigns = 0;
  }

  /** Takes the number of packets since the last call, and of those lost or broken. */
  packets(all: number, damaged: number, now: number): void {
    const isDamaged = damaged >= MIN_DAMAGED && damaged / all >= DAMAGED_SHARE;
    this.#loss = isDamaged ? next(this.#loss, 'damaged', now) : null;
  }

  /** True if the caller should probe the latest segments now. */
  isProbeDue(now: number): boolean {
    if (this.#lastProbe === null) return now - this.#startedAt >= FIRST_PROBE;
    const passed = now - this.#lastProbe;
    if (passed >= PROBE_EVERY) return true;
    const open = [this.#picture, this.#sound, this.#damage].filter((each) => each !== null);
    if (open.length > 0) {
      const rounds = Math.max(1, Math.min(...open.map(({ probes }) => probes)) / FAST_PROBES);
      const most = this.trouble(now) ? PROBE_WHILE_REPORTED : PROBE_EVERY;
      return passed >= Math.min(most, PROBE_AGAIN * rounds);
    }
    const pause = this.#falseSigns === 0 ? PROBE_AGAIN : FALSE_SIGN_PAUSE * 2 ** this.#falseSigns;
    return this.#hasSign(now) && passed >= pause;
  }

  /** Takes the result of a probe. @param span milliseconds of the channel that it covered. */
  takeProbe({ pictures, loudness, errors }: ProbeResult, span: number, now: number): void {
    const hadSign = this.#hasSign(now);
    this.#see(pictures, span, now);
    this.#hear(loudness, now - span);
    const isDamaged = errors >= MIN_ERRORS;
    this.#wasClean ||= !isDamaged;
    this.#damage = isDamaged ? next(this.#damage, 'damaged', now - span) : null;
    this.#lastProbe = now;
    this.#falseSigns = hadSign && !this.#picture && !this.#sound ? this.#falseSigns + 1 : 0;
  }

  /** Notes that FFmpeg could not probe the segments. */
  noteProbeFailed(now: number): void {
    this.#lastProbe = now;
    this.#falseSigns++;
  }

  /** The worst symptom that is certain; null if there is none. */
  trouble(now: number): Symptom | null {
    const symptoms = [
      this.#notice,
      this.#picture,
      this.#loss,
      this.#wasClean ? this.#damage : null,
      this.#sound,
    ];
    return symptoms.find((each) => each !== null && this.#isCertain(each, now)) ?? null;
  }

  /** The trouble that calls for another variant now; null if there is none. */
  failoverKind(now: number): FailoverKind | null {
    const found = this.trouble(now);
    const kind = found?.kind;
    if (!found || !kind || !isFailoverKind(kind)) return null;
    const after = FAILOVER_AFTER[kind][this.#sound ? 'silent' : 'heard'];
    return now - found.since >= after ? kind : null;
  }

  /** The picture of a source that has always shown the same one without sound; null for any other source. */
  get mutePicture(): Uint8Array | null {
    const isStill = !this.#hasMoved && this.#picture?.kind === 'frozen';
    return isStill && this.#sound !== null && !this.#wasHeard ? this.#lastPicture : null;
  }

  /** Notes that the source shows a notice of the provider. */
  markAsNotice(): void {
    this.#notice = { kind: 'notice', since: this.#startedAt, probes: MIN_PROBES };
  }

  #isCertain({ kind, since, probes }: Symptom, now: number): boolean {
    if (probes < MIN_PROBES || now - since < REPORT_AFTER[kind]) return false;
    switch (kind) {
      case 'black':
        // A radio channel may always show a black picture; a black channel without sound is dead.
        return this.#hasMoved || (this.#sound !== null && !this.#wasHeard);
      case 'frozen':
        return this.#hasMoved;
      case 'silent':
        return this.#wasHeard;
      case 'notice':
        return !this.#hasMoved;
      case 'damaged':
        return true;
    }
  }

  #hasSign(now: number): boolean {
    const { lowSince: still } = this.#pictures;
    const { lowSince: quiet } = this.#sounds;
    return (
      (still !== null && now - still >= SIGN_LASTS.picture) ||
      (quiet !== null && now - quiet >= SIGN_LASTS.sound)
    );
  }

  #see(pictures: readonly Uint8Array[], span: number, now: number): void {
    const before = this.#lastPicture ? [this.#lastPicture] : [];
    this.#lastPicture = pictures.at(-1) ?? null;
    const { shows, count, hasMoved } = comparePictures([...before, ...pictures]);
    this.#hasMoved ||= hasMoved;
    if (shows === 'unknown') return;
    if (shows === 'moves') {
      this.#picture = null;
      this.#pictures.learn();
      return;
    }
    const { lowSince } = this.#pictures;
    this.#isPictureSmall = lowSince !== null;
    const from = Math.max(
      this.#startedAt,
      lowSince ?? now - (span * Math.min(count, pictures.length)) / pictures.length,
    );
    const isOngoing = this.#picture?.kind === shows && !hasMoved;
    this.#picture = next(isOngoing ? this.#picture : null, shows, from);
  }

  #hear(loudness: number | null, from: number): void {
    if (loudness === null) return;
    const isHeard = loudness > SILENCE;
    this.#wasHeard ||= isHeard;
    if (isHeard) this.#sounds.learn();
    const since = Math.max(this.#startedAt, this.#sounds.lowSince ?? from);
    this.#sound = isHeard ? null : next(this.#sound, 'silent', since);
  }
}

/** Troubles that another variant may help against. */
export type FailoverKind = keyof typeof FAILOVER_AFTER;

function isFailoverKind(kind: TroubleKind): kind is FailoverKind {
  return kind in FAILOVER_AFTER;
}

function next(before: Symptom | null, kind: TroubleKind, since: number): Symptom {
  return { kind, since: before?.since ?? since, probes: (before?.probes ?? 0) + 1 };
}
