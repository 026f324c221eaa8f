import type { TroubleKind } from '../../domain/trouble.ts';
import { DropDetector } from './drop-detector.ts';
import type { ProbeResult } from './keyframe-probe.ts';
import { comparePictures } from './picture-comparison.ts';
import type { SegmentSigns } from './segment-signs.ts';

/** Milliseconds after which a channel that is on air is looked at: only what has moved can be frozen. */
const FIRST_LOOK = 7_000;
/** … and from then on without a sign, since some encoders fill up what a black picture leaves over. */
const LOOK_EVERY = 5 * 60_000;
/** How long a cheap sign must last before it is looked at. */
const SIGN_LASTS = { picture: 6_000, sound: 20_000 };
/** A trouble is looked at again after this long, then less and less; a radio channel has a still picture for ever. */
const LOOK_AGAIN = 12_000;
const SOONEST_LOOKS = 4;
const WHILE_TOLD = 60_000;
/** … and a sign that means nothing less and less. */
const MEANS_NOTHING = 30_000;

/** How long a trouble must last before it is told. False alarms are worse than silence. */
const TOLD_AFTER: Readonly<Record<TroubleKind, number>> = {
  black: 20_000,
  frozen: 40_000,
  notice: 0,
  silent: 60_000,
  damaged: 10_000,
};
/** … and before another variant takes over, where there is no sound either, and where there is. */
const BAD_AFTER = {
  black: { silent: 30_000, heard: 60_000 },
  frozen: { silent: 60_000, heard: 150_000 },
  notice: { silent: 0, heard: 0 },
};
/** Looks that must have shown it. */
const LEAST_LOOKS = 2;

/** Decibels below which nobody hears anything. */
const SILENCE = -70;
/** Complaints of a decoder about a few keyframes that are more than a bad moment. */
const MANY_ERRORS = 5;
/** Share of packets that are lost or broken. */
const MUCH_DAMAGE = 0.005;
const LEAST_DAMAGE = 5;

/** Bytes of a picture that is the one before it, and of sound a second without any; and fractions of the usual. */
const LITTLE = { picture: { floor: 552, fraction: 1 / 8 }, sound: { floor: 2_500, fraction: 1 / 4 } };

/** A trouble, for as long as it is there. */
export interface Symptom {
  readonly kind: TroubleKind;
  readonly since: number;
  /** That have shown it, in a row. */
  readonly looks: number;
}

/**
 * Finds out what is wrong with one source on air: from signs that cost nothing, and from looks at decoded pictures, which
 * it asks for. All times are milliseconds, monotonic.
 */
export class Diagnosis {
  readonly #startedAt: number;
  readonly #pictures = new DropDetector(LITTLE.picture);
  readonly #sounds = new DropDetector(LITTLE.sound);
  #picture: Symptom | null = null;
  /** The pictures' sizes show it too, so that it ends when they do not. */
  #isSigned = false;
  #sound: Symptom | null = null;
  #damage: Symptom | null = null;
  #notice: Symptom | null = null;
  /** Of packets. */
  #loss: Symptom | null = null;
  #hasMoved = false;
  #wasHeard = false;
  /** A decoder had nothing to complain of: with some sources it always has. */
  #wasClean = false;
  #lastLook: number | null = null;
  #lastPicture: Uint8Array | null = null;
  /** Looks in a row that a sign asked for in vain. */
  #vain = 0;

  constructor(now: number) {
    this.#startedAt = now;
  }

  /** Takes the signs of a segment that has just come. @param duration milliseconds. */
  segment({ picture, sound }: SegmentSigns, duration: number, now: number): void {
    this.#pictures.take(picture, now - duration);
    this.#sounds.take(sound, now - duration);
    if (this.#isSigned && this.#pictures.lowSince === null) this.#picture = null;
    if (!this.#hasSign(now)) this.#vain = 0;
  }

  /** Takes how many of the packets that came since the last time were lost or broken. */
  packets(all: number, damaged: number, now: number): void {
    const isMuch = damaged >= LEAST_DAMAGE && damaged / all >= MUCH_DAMAGE;
    this.#loss = isMuch ? next(this.#loss, 'damaged', now) : null;
  }

  isProbeDue(now: number): boolean {
    if (this.#lastLook === null) return now - this.#startedAt >= FIRST_LOOK;
    const passed = now - this.#lastLook;
    if (passed >= LOOK_EVERY) return true;
    const open = [this.#picture, this.#sound, this.#damage].filter((each) => each !== null);
    if (open.length > 0) {
      const rounds = Math.max(1, Math.min(...open.map(({ looks }) => looks)) / SOONEST_LOOKS);
      const most = this.trouble(now) ? WHILE_TOLD : LOOK_EVERY;
      return passed >= Math.min(most, LOOK_AGAIN * rounds);
    }
    return this.#hasSign(now) && passed >= (this.#vain === 0 ? LOOK_AGAIN : MEANS_NOTHING * 2 ** this.#vain);
  }

  /** Takes what a look has shown. @param span milliseconds that were looked at. */
  takeProbe({ pictures, loudness, errors }: ProbeResult, span: number, now: number): void {
    const hadSign = this.#hasSign(now);
    this.#see(pictures, span, now);
    this.#hear(loudness, now - span);
    const isDamaged = errors >= MANY_ERRORS;
    this.#wasClean ||= !isDamaged;
    this.#damage = isDamaged ? next(this.#damage, 'damaged', now - span) : null;
    this.#lastLook = now;
    this.#vain = hadSign && !this.#picture && !this.#sound ? this.#vain + 1 : 0;
  }

  /** FFmpeg would not look. */
  noteProbeFailed(now: number): void {
    this.#lastLook = now;
    this.#vain++;
  }

  /** What is wrong, the worst first, once it is certain. */
  trouble(now: number): Symptom | null {
    const cases = [
      this.#notice,
      this.#picture,
      this.#loss,
      this.#wasClean ? this.#damage : null,
      this.#sound,
    ];
    return cases.find((each) => each !== null && this.#isCertain(each, now)) ?? null;
  }

  /** It is time for another variant. */
  isBad(now: number): FailoverKind | null {
    const found = this.trouble(now);
    const kind = found?.kind;
    if (!found || !kind || !isBadKind(kind)) return null;
    const after = BAD_AFTER[kind][this.#sound ? 'silent' : 'heard'];
    return now - found.since >= after ? kind : null;
  }

  /** The picture of a source that has shown one and the same all the time, and makes no sound; null: it is none. */
  get mutePicture(): Uint8Array | null {
    const isStill = !this.#hasMoved && this.#picture?.kind === 'frozen';
    return isStill && this.#sound !== null && !this.#wasHeard ? this.#lastPicture : null;
  }

  /** What it shows is known to be a notice of the provider. */
  markAsNotice(): void {
    this.#notice = { kind: 'notice', since: this.#startedAt, looks: LEAST_LOOKS };
  }

  #isCertain({ kind, since, looks }: Symptom, now: number): boolean {
    if (looks < LEAST_LOOKS || now - since < TOLD_AFTER[kind]) return false;
    switch (kind) {
      case 'black':
        // A radio channel may have a black picture all its life; one without sound is dead.
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
    this.#isSigned = lowSince !== null;
    const from = Math.max(
      this.#startedAt,
      lowSince ?? now - (span * Math.min(count, pictures.length)) / pictures.length,
    );
    const goesOn = this.#picture?.kind === shows && !hasMoved;
    this.#picture = next(goesOn ? this.#picture : null, shows, from);
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

/** What another variant may help against. */
export type FailoverKind = keyof typeof BAD_AFTER;

function isBadKind(kind: TroubleKind): kind is FailoverKind {
  return kind in BAD_AFTER;
}

function next(before: Symptom | null, kind: TroubleKind, since: number): Symptom {
  return { kind, since: before?.since ?? since, looks: (before?.looks ?? 0) + 1 };
}
