import { watchPlaylistPath } from '../../domain/watch-paths.ts';
import type { Engine, EngineEvents, EngineSource } from './engine.ts';
import { Reconnector } from './reconnector.ts';
import { serverProbe } from './server-probe.ts';
import { StallWatch } from './stall.ts';

const TICK_MS = 1_000;
const STALL_MS = 8_000;

/** Plays with Safari's built-in HLS, for phones without Media Source Extensions; it reads the plain playlist. */
export class NativeEngine implements Engine {
  private readonly video: HTMLVideoElement;
  private readonly events: EngineEvents;
  private readonly playlist: string;
  private readonly reconnector: Reconnector;
  private readonly stall = new StallWatch(STALL_MS);
  private readonly listening = new AbortController();
  private ticker: ReturnType<typeof setInterval> | undefined;

  constructor(video: HTMLVideoElement, events: EngineEvents, { screen }: EngineSource) {
    this.video = video;
    this.events = events;
    this.playlist = watchPlaylistPath(screen);
    this.reconnector = new Reconnector(serverProbe(screen), () => this.load());
  }

  static isSupported(video: HTMLVideoElement): boolean {
    return video.canPlayType('application/vnd.apple.mpegurl') !== '';
  }

  start(): void {
    const { signal } = this.listening;
    const lost = () => this.reconnect(1_000);
    this.video.addEventListener('error', lost, { signal });
    this.video.addEventListener('ended', lost, { signal });
    this.ticker = setInterval(() => this.tick(), TICK_MS);
    this.video.src = this.playlist;
  }

  stop(): void {
    clearInterval(this.ticker);
    this.listening.abort();
    this.reconnector.stop();
    this.video.removeAttribute('src');
    this.video.load();
  }

  setFirstSegment(): void {
    // Safari does not tell which segment it plays, so its distance from the live edge cannot be corrected.
  }

  resumed(): void {
    const { seekable } = this.video;
    if (seekable.length > 0) this.video.currentTime = seekable.end(seekable.length - 1);
  }

  moment(): number | null {
    const { currentTime, seekable } = this.video;
    if (seekable.length === 0) return null;
    // By this machine's clock, which is enough to go on after a pause.
    return Date.now() - (seekable.end(seekable.length - 1) - currentTime) * 1000;
  }

  private tick(): void {
    const shouldPlay = !this.video.paused && document.visibilityState === 'visible';
    if (this.stall.check(performance.now(), this.video.currentTime, shouldPlay)) this.reconnect(0);
  }

  private reconnect(delayMs: number): void {
    this.events.reconnecting();
    this.reconnector.request(delayMs);
  }

  private load(): void {
    this.events.reloading();
    this.video.src = this.playlist;
    this.video.load();
    this.events.reloaded();
  }
}
