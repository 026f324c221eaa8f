import workerPath from 'hls.js/dist/hls.worker.js?url';
import Hls, { type ErrorData, type LevelDetails } from 'hls.js/light';
import { aheadOf } from './buffered.ts';
import { loadPolicy } from './load-policy.ts';
import { decodableFrom, momentAt, positionOf, type TimedSegment } from './moments.ts';
import { findList, type PastEngine, type PastEvents, type PastSource } from './past-engine.ts';
import { Reconnector } from './reconnector.ts';
import { hasDecoderStopped } from './recovery.ts';
import { serverProbe } from './server-probe.ts';
import { StallWatch } from './stall.ts';
import { timedSegments } from './timed-segments.ts';

const TICK_MS = 500;
const STALL_MS = 8_000;
const RETRY_MS = 1_000;
/** Milliseconds to wait for the first picture of a list. */
const FIRST_PICTURE_MS = 20_000;
/** Seconds that are loaded ahead, and kept behind for those who go back a little. */
const BUFFERS = { maxBufferLength: 30, backBufferLength: 60 };
/** Milliseconds beyond bytes that the browser cannot decode. */
const SKIP = 1_000;
/** Milliseconds between two of these for the second to go on from where the first did. */
const SKIPS_BELONG_TOGETHER = 15_000;

/** Plays a list of the past with hls.js. Whatever fails, it goes on at the same moment. */
export class PastHlsEngine implements PastEngine {
  private readonly video: HTMLVideoElement;
  private readonly events: PastEvents;
  private readonly screen: string;
  private readonly reconnector: Reconnector;
  private readonly stall = new StallWatch(STALL_MS);
  private readonly listening = new AbortController();
  private ticker: ReturnType<typeof setInterval> | undefined;
  private asking: AbortController | null = null;
  private hls: Hls | null = null;
  private segments: readonly TimedSegment[] = [];
  private hasEnded = false;
  private hasStarted = false;
  /** The position to show first, in seconds, and when it was asked for (monotonic milliseconds); null once it is there. */
  private target: { readonly position: number; readonly since: number } | null = null;
  /** The moment to show first of the list that is being loaded; null once that has happened. */
  private wanted: number | null;
  private skippedAt = Number.NEGATIVE_INFINITY;

  constructor(video: HTMLVideoElement, events: PastEvents, { screen, at }: PastSource) {
    this.video = video;
    this.events = events;
    this.screen = screen;
    this.wanted = at;
    this.reconnector = new Reconnector(serverProbe(screen), () => this.load(this.moment() ?? at));
  }

  start(): void {
    const { signal } = this.listening;
    this.video.addEventListener('ended', () => this.onEnded(), { signal });
    this.video.addEventListener('error', () => this.onUndecodable(), { signal });
    this.ticker = setInterval(() => this.tick(), TICK_MS);
    this.video.playbackRate = 1;
    if (this.wanted !== null) this.load(this.wanted);
  }

  stop(): void {
    clearInterval(this.ticker);
    this.listening.abort();
    this.asking?.abort();
    this.reconnector.stop();
    this.hls?.destroy();
    this.hls = null;
  }

  setFirstSegment(): void {
    // A switch of the screen is no concern of whoever watches its past.
  }

  resumed(): void {
    // The past goes on where it was.
  }

  moment(): number | null {
    return this.wanted ?? momentAt(this.segments, this.video.currentTime);
  }

  seek(moment: number): void {
    const position = this.wanted === null ? positionOf(this.segments, moment) : null;
    if (position === null) this.load(moment);
    else this.video.currentTime = position;
  }

  /** Loads the list that a moment is in, and plays from that moment on. */
  private load(moment: number): void {
    this.asking?.abort();
    const asking = new AbortController();
    this.asking = asking;
    this.wanted = moment;
    findList({ screen: this.screen, at: moment }, asking.signal).then(
      (list) => {
        if (asking.signal.aborted) return;
        if (list === null) this.events.caughtUp();
        else this.open(list);
      },
      () => {
        if (!asking.signal.aborted) this.reconnect(RETRY_MS);
      },
    );
  }

  private open(list: string): void {
    this.segments = [];
    this.hasStarted = false;
    this.target = null;
    this.stall.restart();
    this.events.reloading();
    this.hls?.destroy();
    const hls = new Hls({
      workerPath,
      autoStartLoad: false,
      liveDurationInfinity: true,
      ...BUFFERS,
      manifestLoadPolicy: { default: loadPolicy(0) },
      playlistLoadPolicy: { default: loadPolicy(1) },
      fragLoadPolicy: { default: loadPolicy(2) },
    });
    hls.on(Hls.Events.LEVEL_UPDATED, (_event, { details }) => this.onDetails(details));
    hls.on(Hls.Events.FRAG_BUFFERED, () => this.goToTarget());
    hls.on(Hls.Events.ERROR, (_event, data) => this.onError(data));
    this.hls = hls;
    hls.attachMedia(this.video);
    hls.loadSource(list);
  }

  private onDetails(details: LevelDetails): void {
    this.segments = timedSegments(details);
    this.hasEnded = !details.live;
    const [first] = this.segments;
    if (this.wanted === null || this.hasStarted || !first) return;
    this.hasStarted = true;
    const isEarlier = first.time !== null && this.wanted < first.time;
    const position = isEarlier ? first.start : positionOf(this.segments, this.wanted);
    if (position === null) {
      this.events.caughtUp();
      return;
    }
    this.target = { position, since: performance.now() };
    this.hls?.startLoad(decodableFrom(this.segments, position));
  }

  /** Shows the wanted picture as soon as all before it, from a keyframe on, is loaded. */
  private goToTarget(): void {
    const { target, video } = this;
    if (!target) return;
    const { buffered } = video;
    if (buffered.length === 0 || buffered.end(buffered.length - 1) <= target.position) return;
    this.target = null;
    video.currentTime = Math.max(target.position, buffered.start(0));
    this.wanted = null;
    this.events.reloaded();
  }

  private tick(): void {
    const { video } = this;
    if (this.target && performance.now() - this.target.since > FIRST_PICTURE_MS) {
      this.target = null;
      this.reconnect(0);
    }
    const shouldPlay = !video.paused && document.visibilityState === 'visible';
    if (this.stall.check(performance.now(), video.currentTime, shouldPlay)) {
      // At the end of the list nothing more may come, as where the screen has shown nothing since.
      if (this.isAtEnd()) this.onEnded();
      else this.reconnect(0);
      return;
    }
    const last = this.segments.at(-1);
    if (!shouldPlay || video.seeking || video.readyState === 0 || !last) return;
    this.events.reading(aheadOf(video), last.start + last.duration - video.currentTime);
  }

  private isAtEnd(): boolean {
    const last = this.segments.at(-1);
    return (
      this.wanted === null && last !== undefined && this.video.currentTime >= last.start + last.duration - 1
    );
  }

  /** A list grows for some hours only, and goes on in another one. */
  private onEnded(): void {
    const last = this.segments.at(-1);
    if (this.hasEnded && last?.time != null) this.load(last.time + last.duration * 1000);
    else this.events.caughtUp();
  }

  private onError({ type, details, fatal, response }: ErrorData): void {
    const failure = { type, details, fatal, status: response?.code || null };
    if (failure.status === 403) this.reconnect(0);
    else if (hasDecoderStopped(failure)) this.onUndecodable();
    else if (fatal) this.reconnect(RETRY_MS);
  }

  private onUndecodable(): void {
    if (!this.hls) return;
    const now = performance.now();
    const isAgain = now - this.skippedAt < SKIPS_BELONG_TOGETHER;
    this.skippedAt = now;
    if (isAgain) this.events.undecodable();
    this.load((this.moment() ?? 0) + SKIP);
  }

  private reconnect(delayMs: number): void {
    this.events.reconnecting();
    this.reconnector.request(delayMs);
  }
}
