import { findList, type PastEngine, type PastEvents, type PastSource } from './past-engine.ts';
import { Reconnector } from './reconnector.ts';
import { serverProbe } from './server-probe.ts';
import { StallWatch } from './stall.ts';

const TICK_MS = 1_000;
const STALL_MS = 8_000;
const RETRY_MS = 1_000;
/** Milliseconds behind live for which a list that has ended goes on in another one. */
const STILL_PAST = 60_000;

/** Apple's players alone tell when the beginning of the list was shown. */
interface DatedVideo extends HTMLVideoElement {
  getStartDate?(): Date;
}

/** Plays a list of the past with Safari's built-in HLS. */
export class PastNativeEngine implements PastEngine {
  private readonly video: DatedVideo;
  private readonly events: PastEvents;
  private readonly screen: string;
  private readonly reconnector: Reconnector;
  private readonly stall = new StallWatch(STALL_MS);
  private readonly listening = new AbortController();
  private ticker: ReturnType<typeof setInterval> | undefined;
  private asking: AbortController | null = null;
  /** The moment to show first of the list that is being loaded; null once that has happened. */
  private wanted: number | null;

  constructor(video: HTMLVideoElement, events: PastEvents, { screen, at }: PastSource) {
    this.video = video;
    this.events = events;
    this.screen = screen;
    this.wanted = at;
    this.reconnector = new Reconnector(serverProbe(screen), () => this.load(this.moment() ?? at));
  }

  start(): void {
    const { signal } = this.listening;
    const lost = () => this.reconnect(RETRY_MS);
    this.video.addEventListener('error', lost, { signal });
    this.video.addEventListener('ended', () => this.onEnded(), { signal });
    this.video.addEventListener('loadedmetadata', () => this.onLoaded(), { signal });
    this.ticker = setInterval(() => this.tick(), TICK_MS);
    if (this.wanted !== null) this.load(this.wanted);
  }

  stop(): void {
    clearInterval(this.ticker);
    this.listening.abort();
    this.asking?.abort();
    this.reconnector.stop();
    this.video.removeAttribute('src');
    this.video.load();
  }

  setFirstSegment(): void {
    // A switch of the screen is no concern of whoever watches its past.
  }

  resumed(): void {
    // The past goes on where it was.
  }

  moment(): number | null {
    const begin = this.begin();
    return this.wanted ?? (begin === null ? null : begin + this.video.currentTime * 1000);
  }

  seek(moment: number): void {
    const position = this.positionOf(moment);
    const { seekable } = this.video;
    const isListed =
      position !== null &&
      seekable.length > 0 &&
      position >= seekable.start(0) &&
      position <= seekable.end(seekable.length - 1);
    if (isListed && this.wanted === null) this.video.currentTime = position;
    else this.load(moment);
  }

  /** Epoch milliseconds of the beginning of the list; null while it is not known. */
  private begin(): number | null {
    const time = this.video.getStartDate?.().getTime() ?? Number.NaN;
    return Number.isNaN(time) ? null : time;
  }

  private positionOf(moment: number): number | null {
    const begin = this.begin();
    return begin === null ? null : (moment - begin) / 1000;
  }

  private load(moment: number): void {
    this.asking?.abort();
    const asking = new AbortController();
    this.asking = asking;
    this.wanted = moment;
    findList({ screen: this.screen, at: moment }, asking.signal).then(
      (list) => {
        if (asking.signal.aborted) return;
        if (list === null) {
          this.events.caughtUp();
          return;
        }
        this.stall.restart();
        this.events.reloading();
        this.video.src = list;
        this.video.load();
        this.events.reloaded();
      },
      () => {
        if (!asking.signal.aborted) this.reconnect(RETRY_MS);
      },
    );
  }

  private onLoaded(): void {
    if (this.wanted === null) return;
    const position = this.positionOf(this.wanted);
    if (position !== null) this.video.currentTime = Math.max(0, position);
    this.wanted = null;
  }

  /** A list grows for some hours only, and goes on in another one; at its end, nothing more has come. */
  private onEnded(): void {
    const moment = this.moment();
    if (moment !== null && Date.now() - moment > STILL_PAST) this.load(moment);
    else this.events.caughtUp();
  }

  private tick(): void {
    const shouldPlay = !this.video.paused && document.visibilityState === 'visible';
    if (this.stall.check(performance.now(), this.video.currentTime, shouldPlay)) this.reconnect(0);
  }

  private reconnect(delayMs: number): void {
    this.events.reconnecting();
    this.reconnector.request(delayMs);
  }
}
