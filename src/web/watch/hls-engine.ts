import workerPath from 'hls.js/dist/hls.worker.js?url';
import Hls, { type ErrorData, type LevelDetails } from 'hls.js/light';
import { watchPlaylistPath } from '../../domain/watch-paths.ts';
import { ApiError, api } from '../common/api.ts';
import { Reserve } from './buffer-reserve.ts';
import { aheadOf } from './buffered.ts';
import type { Engine, EngineEvents, EngineSource } from './engine.ts';
import { beginWith, choose, hasChoice, levelChoice, pictureOf } from './hls-levels.ts';
import { loadPolicy } from './load-policy.ts';
import { momentAt, type TimedSegment } from './moments.ts';
import { nextPace, type Pace, playbackRate } from './pace.ts';
import { playlistLoader } from './playlist-loader.ts';
import { PlaylistPlace } from './playlist-place.ts';
import { type Quality, quality } from './quality.ts';
import { Reconnector } from './reconnector.ts';
import { type Action, decide, type Failure, hasDecoderStopped } from './recovery.ts';
import { addressOf } from './segment-names.ts';
import { serverProbe } from './server-probe.ts';
import { StallWatch } from './stall.ts';
import { timedSegments } from './timed-segments.ts';
import { LIVE_DISTANCE, livePosition, skipPosition, startPosition, zap } from './zap.ts';

const TICK_MS = 500;
const STALL_MS = 8_000;
/** Longer than any segment, so that the lowest reserve is the one just before a segment arrives. */
const RESERVE_MS = 8_000;
/** Seconds that must play after a media error for the next one to count as the first again. */
const PROGRESS = 0.5;
/**
 * Milliseconds by which a segment may be later from an edge than from home, since nginx looks twice a second whether another one's
 * request has been answered. A new channel has no reserve, so it is begun so much later: else its next segments would be waited for.
 */
const EDGE_LATENESS = 500;
/** Seconds behind the live edge after a pause, beyond which playback jumps back to it. */
const PAUSE_FORGIVEN = 8;
/** Seconds that are loaded ahead and kept behind. */
const BUFFERS = {
  page: { maxBufferLength: 30, backBufferLength: 30 },
  tile: { maxBufferLength: 8, backBufferLength: 0 },
};

/** Plays with hls.js, keeps it near the live edge, and recovers it from failures. */
export class HlsEngine implements Engine {
  private readonly video: HTMLVideoElement;
  private readonly events: EngineEvents;
  private readonly screen: string;
  private readonly isTile: boolean;
  private readonly playlist: string;
  private readonly place: PlaylistPlace;
  private readonly reconnector: Reconnector;
  private readonly stall = new StallWatch(STALL_MS);
  private readonly reserve = new Reserve(RESERVE_MS);
  private readonly listening = new AbortController();
  private ticker: ReturnType<typeof setInterval> | undefined;
  private recreation: ReturnType<typeof setTimeout> | undefined;
  private hls: Hls | null = null;
  private segments: readonly TimedSegment[] = [];
  private started = false;
  /** Where the segments of the last playlist are. */
  private origin: string | null = null;
  private first: number | null = null;
  /** When that was told. */
  private toldAt = 0;
  /** The last value of `first` that the playhead has reached. */
  private reached: number | null = null;
  private pace: Pace = 'normal';
  /** Media errors in a row with nothing played in between. */
  private mediaFailures = 0;
  /** Where playback last began, seconds. */
  private resumedAt = 0;

  constructor(video: HTMLVideoElement, events: EngineEvents, { screen, isTile = false }: EngineSource) {
    this.video = video;
    this.events = events;
    this.screen = screen;
    this.isTile = isTile;
    // Browsers open six connections to a server, so that waiting requests of tiles would leave none for segments.
    this.playlist = `${watchPlaylistPath(screen, 'auto')}${isTile ? '' : '?blocking=1'}`;
    this.place = new PlaylistPlace({
      ask: () => api.seen(screen),
      isRefusal: (error) => error instanceof ApiError && [401, 403].includes(error.status),
      onRefused: () => this.reconnect(0),
    });
    this.reconnector = new Reconnector(serverProbe(screen), () => this.reload());
  }

  static isSupported(): boolean {
    return Hls.isSupported();
  }

  start(): void {
    const { signal } = this.listening;
    this.video.addEventListener('ended', () => this.reconnect(1_000), { signal });
    this.video.addEventListener('seeking', () => this.reserve.reset(), { signal });
    this.video.addEventListener('waiting', () => this.reserve.ranDry(), { signal });
    this.video.addEventListener('timeupdate', () => this.zapIfDue(), { signal });
    this.video.addEventListener('error', () => this.onVideoError(), { signal });
    signal.addEventListener(
      'abort',
      quality.subscribe(() => this.hls && choose(this.hls, this.wanted())),
    );
    this.ticker = setInterval(() => this.tick(), TICK_MS);
    this.create();
  }

  stop(): void {
    clearInterval(this.ticker);
    clearTimeout(this.recreation);
    this.listening.abort();
    this.reconnector.stop();
    this.place.stop();
    this.hls?.destroy();
    this.hls = null;
  }

  setFirstSegment(first: number | null): void {
    if (first !== this.first) this.toldAt = performance.now();
    this.first = first;
    this.zapIfDue();
  }

  resumed(): void {
    if (this.behind() > PAUSE_FORGIVEN) this.toLive();
    this.zapIfDue();
  }

  moment(): number | null {
    return this.video.readyState === 0 ? null : momentAt(this.segments, this.video.currentTime);
  }

  private create(): void {
    const hls = new Hls({
      workerPath,
      // We start loading at a position of our own; hls.js would stay one target duration (6 s) behind the edge.
      autoStartLoad: false,
      liveSyncDuration: LIVE_DISTANCE,
      liveDurationInfinity: true,
      ...BUFFERS[this.isTile ? 'tile' : 'page'],
      manifestLoadPolicy: { default: loadPolicy(0) },
      playlistLoadPolicy: { default: loadPolicy(1) },
      fragLoadPolicy: { default: loadPolicy(2) },
      xhrSetup: (xhr, url) => xhr.open('GET', addressOf(url), true),
      pLoader: playlistLoader({
        place: this.place,
        first: () => watchPlaylistPath(this.screen, this.wanted() === '540p' ? '540p' : 'stream'),
      }),
      ...levelChoice,
    });
    hls.on(Hls.Events.MANIFEST_PARSED, () => {
      beginWith(hls, this.wanted());
      this.events.picture(hasChoice(hls) ? pictureOf(hls, hls.startLevel) : null);
      // Once the playlist is there, `onDetails` says where.
      hls.startLoad();
    });
    hls.on(Hls.Events.LEVEL_SWITCHED, (_event, { level }) =>
      this.events.picture(hasChoice(hls) ? pictureOf(hls, level) : null),
    );
    hls.on(Hls.Events.LEVEL_UPDATED, (_event, { details }) => this.onDetails(details));
    // hls.js tells picture and sound one after the other where one of them begins later.
    let known: { readonly video?: string | undefined; readonly audio?: string | undefined } = {};
    hls.on(Hls.Events.BUFFER_CODECS, (_event, { video, audio }) => {
      known = { video: video?.codec ?? known.video, audio: audio?.codec ?? known.audio };
      this.events.codecs([known.video, known.audio].filter((name) => name !== undefined));
    });
    hls.on(Hls.Events.ERROR, (_event, data) => this.onError(data));
    this.hls = hls;
    this.forgetTimeline();
    hls.attachMedia(this.video);
    hls.loadSource(this.playlist);
  }

  /** The picture to load. A tile is content with the full one, since each lower rendition costs the server an encoder. */
  private wanted(): Quality {
    return this.isTile ? 'full' : quality.peek();
  }

  private forgetTimeline(): void {
    this.segments = [];
    this.started = false;
    this.origin = null;
    this.reached = null;
    this.resumedAt = 0;
  }

  private onDetails(details: LevelDetails): void {
    this.segments = timedSegments(details);
    this.leaveLostEdge(details);
    if (this.started) {
      this.zapIfDue();
      return;
    }
    if (this.segments.length === 0) return;
    this.started = true;
    // The requests of a tile are few as they are.
    if (!this.isTile) this.place.start();
    this.reached = this.first;
    // hls.js has just loaded the playlist and would wait a target duration before the next request.
    details.requestScheduled = 0;
    this.resumedAt = startPosition(this.segments, this.first);
    this.hls?.startLoad(this.resumedAt);
  }

  /** Asks anew for what is on its way from an edge that the playlist names no more, since a silent one would keep it waiting. */
  private leaveLostEdge({ fragments }: LevelDetails): void {
    const last = fragments.at(-1);
    if (!last) return;
    const before = this.origin;
    this.origin = new URL(addressOf(last.url)).origin;
    if (before === null || before === location.origin || before === this.origin) return;
    // hls.js is about to schedule its next request.
    setTimeout(() => {
      this.hls?.stopLoad();
      this.hls?.startLoad();
    }, 0);
  }

  /** Runs at every change of the playlist, the channel and the playhead, so it must be cheap and idempotent. */
  private zapIfDue(): void {
    if (this.first === null || this.first === this.reached || !this.started) return;
    if (this.video.paused || this.video.readyState === 0) return;
    if (this.place.isAway && performance.now() - this.toldAt < EDGE_LATENESS) return;
    const decision = zap(this.segments, this.first, this.video.currentTime);
    if (decision.kind === 'wait') return;
    this.reached = this.first;
    if (decision.kind === 'jump') this.video.currentTime = decision.to;
  }

  private tick(): void {
    const { video } = this;
    // Chromium pauses an element whose decoder has failed.
    const shouldPlay = (!video.paused || video.error !== null) && document.visibilityState === 'visible';
    if (this.stall.check(performance.now(), video.currentTime, shouldPlay)) {
      this.reconnect(0);
      return;
    }
    if (!shouldPlay || video.seeking || video.readyState === 0 || this.segments.length === 0) return;
    const [ahead, behind] = [aheadOf(video), this.behind()];
    this.events.reading(ahead, behind);
    this.pace = nextPace(this.pace, { ahead, behind, lowest: this.reserve.add(performance.now(), ahead) });
    if (this.pace === 'edge') this.toLive();
    const rate = playbackRate(this.pace);
    if (video.playbackRate !== rate) video.playbackRate = rate;
  }

  private toLive(): void {
    const position = livePosition(this.segments, this.video.currentTime);
    if (position !== null) this.video.currentTime = position;
  }

  private behind(): number {
    const last = this.segments.at(-1);
    return last ? last.start + last.duration - this.video.currentTime : 0;
  }

  /** hls.js learns of a decoder error only when it next appends, up to a segment later. */
  private onVideoError(): void {
    if (this.hls && this.video.error) {
      this.onFailure({ type: 'mediaError', details: 'decodeError', fatal: true, status: null });
    }
  }

  private onError(data: ErrorData): void {
    const { type, details, fatal, response } = data;
    this.onFailure({ type, details, fatal, status: response?.code || null });
  }

  private onFailure(failure: Failure): void {
    const hasStopped = hasDecoderStopped(failure);
    // hls.js goes on trying meanwhile.
    if (hasStopped && this.recreation !== undefined) return;
    if (hasStopped && this.video.currentTime - this.resumedAt > PROGRESS) this.mediaFailures = 0;
    const action = decide(failure, this.mediaFailures);
    if (hasStopped) this.mediaFailures += 1;
    if (action.kind !== 'ignore') this.act(action);
  }

  private act(action: Exclude<Action, { kind: 'ignore' }>): void {
    switch (action.kind) {
      case 'reload':
        this.reconnect(action.delayMs);
        return;
      case 'renew-cookie':
        this.reconnect(0);
        return;
      case 'skip':
        this.skip();
        return;
      case 'recreate':
        this.events.undecodable();
        clearTimeout(this.recreation);
        this.recreation = setTimeout(() => this.recreate(), action.delayMs);
        return;
    }
  }

  /** In place of `recoverMediaError`, which begins again at the refused bytes, and loads nothing after a fatal error. */
  private skip(): void {
    const { hls, video } = this;
    // An element that fails before it has sought is still at 0.
    this.resumedAt = skipPosition(this.segments, Math.max(video.currentTime, this.resumedAt));
    // The playhead stays at 0 until there is something to play, which must not look like one long stall.
    this.stall.restart();
    this.events.reloading();
    hls?.detachMedia();
    hls?.attachMedia(video);
    hls?.startLoad(this.resumedAt);
    this.events.reloaded();
  }

  private recreate(): void {
    this.recreation = undefined;
    this.events.reloading();
    this.hls?.destroy();
    this.create();
    this.events.reloaded();
  }

  private reconnect(delayMs: number): void {
    this.events.reconnecting();
    this.reconnector.request(delayMs);
  }

  private reload(): void {
    this.events.reloading();
    this.forgetTimeline();
    this.hls?.loadSource(this.playlist);
    this.events.reloaded();
  }
}
