import { signal } from '@preact/signals';
import { chooseEngine } from './choose-engine.ts';
import { choosePastEngine } from './choose-past-engine.ts';
import { type Connection, ConnectionJudge } from './connection-quality.ts';
import type { Engine, EngineEvents, Picture } from './engine.ts';
import type { PastEngine, PastEvents } from './past-engine.ts';
import { recallVolume, rememberVolume } from './volume.ts';

/** blocked: the browser requires a click before it plays · unsupported: the browser cannot play the stream. */
export type Phase = 'loading' | 'playing' | 'paused' | 'blocked' | 'unsupported';

/** Statistics of the video element at one moment. */
export interface PlaybackStats {
  readonly width: number;
  readonly height: number;
  readonly rate: number;
  /** Null where the browser does not count frames. */
  readonly frames: number | null;
  readonly dropped: number;
}

export interface PlayerOptions {
  /** The id of the screen to play. */
  readonly screen: string;
  /** Whether the past of the screen can be played. */
  readonly keepsPast: () => boolean;
}

/** Waits that are shorter than this show no spinner. */
const BUFFERING_AFTER_MS = 600;
/** A longer pause leads into the past, as far as it is kept. */
const PAUSE_FORGIVEN_MS = 5_000;
const VOLUME_STEP = 0.1;
const QUIET_BUT_AUDIBLE = 0.5;

/** Controls the video element: playback, volume and the choice of the engine. */
export class Player {
  readonly phase = signal<Phase>('loading');
  readonly buffering = signal(false);
  readonly reconnecting = signal(false);
  readonly undecodable = signal(false);
  /** True while the browser's autoplay rules mute the player, rather than the viewer. */
  readonly silenced = signal(false);
  /** The quality of the connection; null while unknown, as with Safari's own player. */
  readonly link = signal<Connection | null>(null);
  /** Null while unknown, as with Safari's own player. */
  readonly codecs = signal<string | null>(null);
  /** Which picture is shown where there are two; null where there is one, or that is not known. */
  readonly picture = signal<Picture | null>(null);
  /** When the picture was on the screen, in epoch milliseconds; null while that is not known. */
  readonly moment = signal<number | null>(null);
  /** True while the picture is of the past, which no switch of the screen changes. */
  readonly inPast = signal(false);

  private readonly video: HTMLVideoElement;
  private screen: string;
  /** Shows the last picture while the source is being set again. */
  private readonly freeze: HTMLCanvasElement;
  private readonly listening = new AbortController();
  private readonly linkWatch = new ConnectionJudge();
  private readonly keepsPast: () => boolean;
  private engine: Engine | null = null;
  /** The engine while it plays the past. */
  private past: PastEngine | null = null;
  private wanted = true;
  /** The moment of the picture at which the viewer paused, and when that was (monotonic milliseconds). */
  private pausedAt: { readonly moment: number; readonly since: number } | null = null;
  private first: number | null = null;
  private reloading = false;
  private waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(video: HTMLVideoElement, freeze: HTMLCanvasElement, { screen, keepsPast }: PlayerOptions) {
    this.video = video;
    this.freeze = freeze;
    this.screen = screen;
    this.keepsPast = keepsPast;
  }

  /** @param moment where to begin in the past, epoch milliseconds; null for live */
  start(moment: number | null = null): void {
    const live = this.makeLiveEngine();
    if (!live) {
      this.phase.value = 'unsupported';
      return;
    }
    this.engine = moment === null ? live : this.makePastEngine(moment);
    this.listen();
    this.engine.start();
    void this.begin();
  }

  stop(): void {
    clearTimeout(this.waiting);
    this.listening.abort();
    this.engine?.stop();
    this.engine = null;
  }

  /** Plays another screen, live. The last picture stays until the new one is there. */
  tune(screen: string): void {
    if (screen === this.screen) return;
    this.screen = screen;
    this.playLive();
  }

  /** Plays the past of the screen. @param moment epoch milliseconds */
  goTo(moment: number): void {
    if (!this.engine) return;
    this.pausedAt = null;
    this.moment.value = moment;
    if (this.past) {
      this.past.seek(moment);
      return;
    }
    this.change(() => this.makePastEngine(moment));
  }

  /** Plays on where the screen is now. */
  goLive(): void {
    this.wanted = true;
    if (this.past) this.playLive();
    else this.engine?.resumed();
    this.play();
  }

  setFirstSegment(first: number | null): void {
    this.first = first;
    this.engine?.setFirstSegment(first);
  }

  /** Plays; call it in a click, after which browsers allow playback and sound. */
  play(): void {
    void this.tryPlay();
  }

  pause(): void {
    this.video.pause();
    this.noticePause();
  }

  togglePlay(): void {
    if (this.video.paused) this.play();
    else this.pause();
  }

  unmute(): void {
    if (this.video.volume === 0) this.video.volume = QUIET_BUT_AUDIBLE;
    this.video.muted = false;
    if (this.video.paused && this.wanted) this.play();
  }

  toggleMute(): void {
    if (this.video.muted) this.unmute();
    else this.video.muted = true;
  }

  changeVolume(direction: 1 | -1): void {
    const volume = Math.round((this.video.volume + direction * VOLUME_STEP) * 100) / 100;
    this.video.volume = Math.min(1, Math.max(0, volume));
    if (direction > 0) this.video.muted = false;
  }

  /** The current statistics: picture size, frames so far and dropped ones, playback rate. */
  figures(): PlaybackStats {
    const { videoWidth: width, videoHeight: height, playbackRate: rate } = this.video;
    // older phones do not have it
    const quality = this.video.getVideoPlaybackQuality?.();
    const [frames, dropped] = [quality?.totalVideoFrames ?? null, quality?.droppedVideoFrames ?? 0];
    return { width, height, rate, frames, dropped };
  }

  private playLive(): void {
    if (!this.engine) return;
    this.change(() => {
      const engine = this.makeLiveEngine();
      engine?.setFirstSegment(this.first);
      return engine;
    });
  }

  /** Replaces the engine. */
  private change(make: () => Engine | null): void {
    this.onReloading();
    this.engine?.stop();
    this.past = null;
    this.inPast.value = false;
    this.pausedAt = null;
    this.reconnecting.value = false;
    this.undecodable.value = false;
    this.link.value = null;
    this.picture.value = null;
    this.engine = make();
    this.engine?.start();
    // An engine of the past says itself when its source is set.
    if (!this.past) this.onReloaded();
  }

  private makeLiveEngine(): Engine | null {
    return chooseEngine(this.video, this.makeEvents(), { screen: this.screen });
  }

  private makePastEngine(at: number): PastEngine {
    const events: PastEvents = { ...this.makeEvents(), caughtUp: () => this.playLive() };
    this.past = choosePastEngine(this.video, events, { screen: this.screen, at });
    this.inPast.value = true;
    return this.past;
  }

  private makeEvents(): EngineEvents {
    return {
      reloading: () => this.onReloading(),
      reloaded: () => this.onReloaded(),
      reconnecting: () => {
        this.reconnecting.value = true;
      },
      undecodable: () => {
        this.undecodable.value = true;
      },
      codecs: (names) => {
        this.codecs.value = names.join(' · ');
      },
      picture: (shown) => {
        this.picture.value = shown;
      },
      reading: (ahead, behind) => {
        const reading = { ahead, behind, height: this.video.videoHeight };
        this.link.value = this.linkWatch.judge(reading, performance.now());
      },
    };
  }

  private listen(): void {
    const on = (event: keyof HTMLMediaElementEventMap, handler: () => void) =>
      this.video.addEventListener(event, handler, { signal: this.listening.signal });
    on('play', () => {
      const resumed = !this.wanted;
      this.wanted = true;
      if (resumed) this.resume();
    });
    on('pause', () => {
      // Some browsers pause hidden pages; a viewer who pauses from elsewhere (a headset) does so by pause() above.
      if (this.reloading || this.video.ended || document.visibilityState === 'hidden') return;
      // Chromium pauses at a decoder error, right before the engine recovers.
      if (this.video.error) return;
      this.noticePause();
    });
    // A new source leaves the element paused, without an event.
    on('canplay', () => {
      if (!this.reloading) this.playIfWanted();
    });
    document.addEventListener('visibilitychange', () => this.onVisible(), { signal: this.listening.signal });
    on('playing', () => {
      this.phase.value = 'playing';
      this.reconnecting.value = false;
      this.undecodable.value = false;
      this.freeze.hidden = true;
      this.settled();
    });
    on('waiting', () => {
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => {
        this.buffering.value = true;
        this.linkWatch.stalled(performance.now());
      }, BUFFERING_AFTER_MS);
    });
    on('timeupdate', () => {
      this.settled();
      this.moment.value = this.engine?.moment() ?? null;
    });
    on('seeked', () => {
      // A paused player has no other sign that the picture is there.
      if (!this.wanted) this.freeze.hidden = true;
    });
    on('volumechange', () => this.onVolume());
  }

  /** After a pause that no reserve makes up for, the picture goes on where it was, in the past. */
  private resume(): void {
    const { pausedAt } = this;
    this.pausedAt = null;
    const isLong = pausedAt !== null && performance.now() - pausedAt.since > PAUSE_FORGIVEN_MS;
    if (isLong && !this.past && this.keepsPast()) this.goTo(pausedAt.moment);
    else this.engine?.resumed();
  }

  private noticePause(): void {
    this.wanted = false;
    const moment = this.engine?.moment() ?? null;
    if (moment !== null) this.pausedAt ??= { moment, since: performance.now() };
    this.phase.value = 'paused';
    this.settled();
  }

  private playIfWanted(): void {
    if (this.wanted && this.video.paused && this.phase.value !== 'blocked') void this.tryPlay();
  }

  private onVisible(): void {
    if (document.visibilityState === 'hidden' || !this.wanted || !this.video.paused) return;
    this.playIfWanted();
    this.engine?.resumed();
  }

  private settled(): void {
    clearTimeout(this.waiting);
    this.buffering.value = false;
  }

  /** Starts with sound if the viewer chose it before and the browser allows it; else muted; else after a click. */
  private async begin(): Promise<void> {
    const { volume, sound } = recallVolume();
    this.video.volume = volume;
    if (sound === true) {
      this.video.muted = false;
      if (await this.tryPlay()) return;
    }
    this.silenced.value = sound !== false;
    this.video.muted = true;
    await this.tryPlay();
  }

  /** False if the browser requires a click first; the engine handles all other failures. */
  private async tryPlay(): Promise<boolean> {
    try {
      await this.video.play();
    } catch (error) {
      if (error instanceof DOMException && error.name === 'NotAllowedError') {
        this.phase.value = 'blocked';
        return false;
      }
    }
    return true;
  }

  private onVolume(): void {
    const { muted, volume } = this.video;
    if (!muted) this.silenced.value = false;
    rememberVolume({ volume, sound: this.silenced.value ? recallVolume().sound : !muted });
  }

  private onReloading(): void {
    this.reloading = true;
    const { videoWidth, videoHeight, readyState } = this.video;
    if (videoWidth === 0 || readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return;
    this.freeze.width = videoWidth;
    this.freeze.height = videoHeight;
    this.freeze.getContext('2d')?.drawImage(this.video, 0, 0, videoWidth, videoHeight);
    this.freeze.hidden = false;
  }

  private onReloaded(): void {
    // Setting a source pauses the element; the pause event, if any, comes after this task.
    setTimeout(() => {
      this.reloading = false;
    }, 0);
    this.playIfWanted();
  }
}
