import { AppError, type ErrorCode } from '../../domain/errors.ts';
import type { ChannelId } from '../../domain/ids.ts';
import type { Trouble } from '../../domain/trouble.ts';
import type { Clock } from '../../lib/clock.ts';
import { Emitter } from '../../lib/emitter.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Broadcast } from '../screen/broadcast.ts';
import { channelOnAir } from '../screen/on-air-item.ts';
import type { StoredSegment } from '../segments/segment.ts';
import type { Tuners } from '../tuner/tuners.ts';
import { Diagnosis, type FailoverKind } from './diagnosis.ts';
import type { ProbeResult } from './keyframe-probe.ts';
import { KnownStills } from './known-stills.ts';
import { readSigns } from './segment-signs.ts';

export interface HealthWatchOptions {
  readonly broadcast: Pick<Broadcast, 'live' | 'status' | 'item' | 'failOver'>;
  readonly tuners: Pick<Tuners, 'damageOf'>;
  /** Decodes consecutive segments. */
  readonly probe: (segments: readonly Uint8Array[], signal: AbortSignal) => Promise<ProbeResult>;
  /** Returns an id that all variants of a channel share. */
  readonly groupOf: (channelId: ChannelId) => ChannelId;
  /** True if another variant takes over from a picture that stays bad. */
  readonly acts: boolean;
  readonly clock: Clock;
  readonly logger: Logger;
}

const codes = {
  black: 'channel_black',
  frozen: 'channel_frozen',
  notice: 'channel_notice',
} as const satisfies Record<FailoverKind, ErrorCode>;

/** Milliseconds between two readings of a segment's signs. */
const READ_EVERY = 3_500;
/** Seconds of the channel that a probe covers. */
const PROBE_SECONDS = 10;
/** Milliseconds between two failover tries; if no variant opens, the bad channel stays on air for that long. */
const FAILOVER_EVERY = 3 * 60_000;

/**
 * Watches the channel on air as viewers see it, in its published segments. It has no timer of its own, and decodes
 * pictures only when a sign or a long time without a probe calls for it.
 */
export class HealthWatch {
  readonly #options: HealthWatchOptions;
  readonly #changes: Emitter<void>;
  readonly #stills = new KnownStills();
  readonly #ending = new AbortController();
  #unsubscribe: () => void = () => {};
  /** The diagnosed source; another channel, or the same channel reopened, is another source. */
  #source = '';
  #diagnosis = new Diagnosis(0);
  #readAt = 0;
  #packets: { all: number; damaged: number } | null = null;
  #isProbing = false;
  #trouble: Trouble | null = null;
  /** Time of the last failover try; milliseconds, monotonic. */
  #failedOverAt = Number.NEGATIVE_INFINITY;

  constructor(options: HealthWatchOptions) {
    this.#options = options;
    this.#changes = new Emitter((err) =>
      options.logger.error({ err }, 'a listener of the picture’s health failed'),
    );
  }

  start(): void {
    this.#unsubscribe = this.#options.broadcast.live.playlist.subscribe((segment) => this.#take(segment));
  }

  stop(): void {
    this.#unsubscribe();
    this.#ending.abort(new Error('the picture is watched no more'));
  }

  /** The trouble of the channel on air; null if none is known. */
  get trouble(): Trouble | null {
    return this.#currentSource() === this.#source ? this.#trouble : null;
  }

  /** Calls the listener at every change of the trouble until the returned function is called. */
  subscribe(listener: () => void): () => void {
    return this.#changes.subscribe(listener);
  }

  #take(segment: StoredSegment): void {
    const { broadcast, clock } = this.#options;
    const now = clock.monotonic();
    this.#follow(now);
    if (broadcast.live.showsSlate || now - this.#readAt < READ_EVERY) return;
    this.#readAt = now;
    this.#diagnosis.segment(readSigns(segment.bytes, segment.duration), segment.duration * 1_000, now);
    this.#countPackets(now);
    if (broadcast.live.viewers.count > 0 && !this.#isProbing && this.#diagnosis.isProbeDue(now))
      void this.#probe();
    this.#report(now);
  }

  #follow(now: number): void {
    const source = this.#currentSource();
    if (source === this.#source) return;
    this.#source = source;
    this.#diagnosis = new Diagnosis(now);
    this.#packets = null;
    this.#readAt = 0;
    this.#report(now);
  }

  #currentSource(): string {
    const { live, status } = this.#options.broadcast;
    return live.showsSlate ? '' : `${status.channel?.id} ${status.restarts}`;
  }

  #countPackets(now: number): void {
    const { broadcast, tuners } = this.#options;
    const { item } = broadcast;
    const counted = item && tuners.damageOf(channelOnAir(item));
    const before = this.#packets;
    this.#packets = counted;
    if (counted && before && counted.all >= before.all)
      this.#diagnosis.packets(counted.all - before.all, counted.damaged - before.damaged, now);
  }

  async #probe(): Promise<void> {
    const { broadcast, probe, groupOf, clock, logger } = this.#options;
    const diagnosis = this.#diagnosis;
    const segments = this.#latestSegments();
    const span = segments.reduce((sum, { duration }) => sum + duration, 0) * 1_000;
    this.#isProbing = true;
    try {
      const result = await probe(
        segments.map(({ bytes }) => bytes),
        this.#ending.signal,
      );
      diagnosis.takeProbe(result, span, clock.monotonic());
      const { channel } = broadcast.status;
      const still = diagnosis.mutePicture;
      if (channel && still && diagnosis === this.#diagnosis && this.#stills.note(groupOf(channel.id), still))
        diagnosis.markAsNotice();
    } catch (error) {
      if (this.#ending.signal.aborted) return;
      logger.debug({ err: error }, 'the picture could not be looked at');
      diagnosis.noteProbeFailed(clock.monotonic());
    } finally {
      this.#isProbing = false;
    }
    if (diagnosis === this.#diagnosis) this.#report(clock.monotonic());
  }

  /** Returns the last seconds of the channel on air. */
  #latestSegments(): StoredSegment[] {
    const { playlist, firstSegment } = this.#options.broadcast.live;
    const latest: StoredSegment[] = [];
    let seconds = 0;
    for (const segment of playlist.listed().toReversed()) {
      if (segment.sequence < (firstSegment ?? 0) || seconds >= PROBE_SECONDS) break;
      latest.unshift(segment);
      seconds += segment.duration;
    }
    return latest;
  }

  #report(now: number): void {
    const { clock, logger, broadcast } = this.#options;
    const found = this.#diagnosis.trouble(now);
    if (found?.kind !== this.#trouble?.kind) {
      this.#trouble = found && { kind: found.kind, since: clock.now() - (now - found.since) };
      const channelId = broadcast.status.channel?.id;
      if (found) logger.warn({ channelId, trouble: found.kind }, 'what is on air comes, but is bad');
      else logger.info({ channelId }, 'nothing is wrong with what is on air any more');
      this.#changes.emit();
    }
    this.#failOver(now);
  }

  #failOver(now: number): void {
    const { acts, broadcast } = this.#options;
    const bad = this.#diagnosis.failoverKind(now);
    // A stand-in that looks just as bad shows that the broadcast itself is bad.
    const isChosen = broadcast.item?.standIn === null;
    if (!acts || !bad || !isChosen || now - this.#failedOverAt < FAILOVER_EVERY) return;
    this.#failedOverAt = now;
    void broadcast.failOver(new AppError(codes[bad]));
  }
}
