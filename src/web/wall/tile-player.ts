import { about } from '../common/screens.ts';
import { chooseEngine } from '../watch/choose-engine.ts';
import type { Engine, EngineEvents } from '../watch/engine.ts';

interface TilePlayerOptions {
  /** The id of the screen to play. */
  readonly screen: string;
  /** The browser plays sound only after a click. */
  readonly onSilenced: () => void;
}

/** Plays one screen of the wall for as long as its tile is in view. */
export class TilePlayer {
  private readonly video: HTMLVideoElement;
  private readonly options: TilePlayerOptions;
  private readonly listening = new AbortController();
  private engine: Engine | null = null;

  constructor(video: HTMLVideoElement, options: TilePlayerOptions) {
    this.video = video;
    this.options = options;
  }

  start(): void {
    const play = () => void this.play();
    const ignore = () => undefined;
    const events: EngineEvents = {
      reloading: ignore,
      reloaded: play,
      reconnecting: ignore,
      undecodable: ignore,
      codecs: ignore,
      picture: ignore,
      reading: ignore,
    };
    const { signal } = this.listening;
    // a new source leaves the element paused; on a tile, nobody pauses
    this.video.addEventListener('canplay', play, { signal });
    this.video.addEventListener('pause', play, { signal });
    addEventListener('pagehide', () => this.leave(), { signal });
    this.engine = chooseEngine(this.video, events, { screen: this.options.screen, isTile: true });
    this.engine?.start();
    play();
  }

  /** Ends the picture, and tells the server that its viewer has left. */
  stop(): void {
    this.listening.abort();
    this.engine?.stop();
    this.engine = null;
    this.leave();
  }

  private leave(): void {
    navigator.sendBeacon(about('/api/watch/leave', this.options.screen));
  }

  private async play(): Promise<void> {
    try {
      await this.video.play();
    } catch (error) {
      if (!(error instanceof DOMException) || error.name !== 'NotAllowedError' || this.video.muted) return;
      this.options.onSilenced();
      this.video.muted = true;
      await this.play();
    }
  }
}
