import Hls, { type ErrorData, type Events, type FragBufferedData } from 'hls.js/light';
import type { Picture } from './engine.ts';
import type { Quality } from './quality.ts';

/** A segment that loads in this share of the time that it plays comes in good time. */
const GOOD_TIME = 0.25;

/**
 * Measures the line by how long segments are on their way; hls.js adds the time that the browser takes to read them, which says
 * nothing about the line. A small segment that comes in good time tells of a slow line only by its size, so it is left out.
 */
class LineMeasure extends Hls.DefaultConfig.abrController {
  protected override onFragBuffered(_event: unknown, { frag }: FragBufferedData): void {
    const { aborted, loaded, loading } = frag.stats;
    if (aborted || frag.type !== 'main' || frag.sn === 'initSegment') return;
    const ms = loading.end - loading.start;
    const isInTime = ms < frag.duration * 1_000 * GOOD_TIME;
    if (isInTime && (loaded * 8_000) / ms < this.bwEstimator.getEstimate()) return;
    this.bwEstimator.sample(ms, loaded);
  }
}

/**
 * Both pictures come from one server: where one cannot be loaded, the other one cannot either, so hls.js gives up, and the engine
 * waits for the server.
 */
class OneServer extends Hls.DefaultConfig.errorController {
  override onErrorOut(event: Events.ERROR, data: ErrorData): void {
    if (data.type === 'networkError') delete data.errorAction?.nextAutoLevel;
    super.onErrorOut(event, data);
  }
}

/** How hls.js chooses between the pictures. */
export const levelChoice = {
  errorController: OneServer,
  abrController: LineMeasure,
  /** Bits per second that it is taken to carry before it is measured: enough for the full picture. */
  abrEwmaDefaultEstimate: 30_000_000,
  // Other channels need more than the one that was on when the page was opened.
  abrMaxWithRealBitrate: true,
  // Half-lives, in seconds of loading: a slow segment counts at once, and a few fast ones, which load in no time, count as well.
  abrEwmaFastLive: 0.5,
  abrEwmaSlowLive: 0.5,
};

/** Has hls.js begin with the picture that is wanted; with `auto`, with the full one. To be called before it loads. */
export function beginWith(hls: Hls, wanted: Quality): void {
  if (hasChoice(hls)) hls.startLevel = levelOf(hls, wanted === '540p' ? '540p' : 'full');
  choose(hls, wanted);
}

/** Has hls.js load what is wanted from the next segment on. */
export function choose(hls: Hls, wanted: Quality): void {
  if (hasChoice(hls)) hls.loadLevel = wanted === 'auto' ? -1 : levelOf(hls, wanted);
}

/** Whether there is more than one picture. */
export function hasChoice(hls: Hls): boolean {
  return hls.levels.length > 1;
}

/** The picture of a level. */
export function pictureOf(hls: Hls, level: number): Picture {
  return isLow(hls.levels[level]) ? '540p' : 'full';
}

/** hls.js sorts levels by what they need. */
function levelOf(hls: Hls, wanted: Picture): number {
  return hls.levels.findIndex((level) => isLow(level) === (wanted === '540p'));
}

function isLow(level: Hls['levels'][number] | undefined): boolean {
  return level?.uri.includes('internal_540p') ?? false;
}
