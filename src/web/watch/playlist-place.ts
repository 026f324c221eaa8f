import type { Seen } from '../common/contract/screens.ts';
import type { EdgePlaylist } from './edge-questions.ts';

interface PlaylistPlaceOptions {
  /** Tells the server that the page plays. Rejects where there is no usable answer. */
  readonly ask: () => Promise<Seen>;
  /** Whether the failure says that the server refuses this page. */
  readonly isRefusal: (error: unknown) => boolean;
  readonly onRefused: () => void;
}

/** Seconds after which to ask again where there was no answer. */
const AFTER_FAILURE = 15;

/** Where the page's media playlists come from: home, or the edge that the server names. */
export class PlaylistPlace {
  private readonly options: PlaylistPlaceOptions;
  private folder: string | null = null;
  private runs = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: PlaylistPlaceOptions) {
    this.options = options;
  }

  /** Begins to ask the server; does nothing once it has begun. */
  start(): void {
    if (this.runs) return;
    this.runs = true;
    void this.ask();
  }

  stop(): void {
    this.runs = false;
    this.folder = null;
    clearTimeout(this.timer);
  }

  /** Whether they come from an edge. */
  get isAway(): boolean {
    return this.folder !== null;
  }

  /** The edge's addresses of a playlist of home; null where it comes from home. */
  onEdge(home: string): EdgePlaylist | null {
    const name = /\/internal_(stream|540p)\.m3u8(\?|$)/.exec(home)?.[1];
    if (this.folder === null || name === undefined) return null;
    const path = `${this.folder}${name === '540p' ? '540p/' : ''}page`;
    return { now: `${path}.m3u8`, with: (segment) => `${path}-${segment}.m3u8` };
  }

  /** The edge did not give a playlist: they come from home until the server names an edge again. */
  failed(): void {
    this.folder = null;
  }

  private async ask(): Promise<void> {
    const { playlists, again } = await this.options.ask().catch((error: unknown) => this.afterFailure(error));
    if (!this.runs) return;
    this.folder = playlists;
    this.timer = setTimeout(() => void this.ask(), again * 1_000);
  }

  /** Without an answer, the playlists stay where they are. */
  private afterFailure(error: unknown): Seen {
    const isRefused = this.runs && this.options.isRefusal(error);
    if (isRefused) this.options.onRefused();
    return { playlists: isRefused ? null : this.folder, again: AFTER_FAILURE };
  }
}
