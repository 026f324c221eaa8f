import { RENDITION_BANDWIDTH } from '../stream/rendition/rendition.ts';
import type { MeasuredBandwidth } from '../stream/segments/bandwidth.ts';
import { ratesOf } from './m3u.ts';

/** The pictures of a screen as a multivariant playlist names them. */
export interface PictureVariants {
  /** The address of the full picture's media playlist. */
  readonly full: string;
  /** That of the lower rendition's; null where there is none. */
  readonly low: string | null;
  /** What the full picture needs; null before any channel has been measured. */
  readonly bandwidth: MeasuredBandwidth | null;
}

/**
 * The text of a multivariant playlist (RFC 8216, 4.3.4), from which players choose by what their line carries. The full picture
 * comes first, so that they begin with it, and always needs more than the lower rendition. Its size is not known, so neither size is
 * told, nor are codecs: hls.js takes a variant without a size for the lowest, and leaves out variants that tell less than others.
 */
export function variantsPlaylist({ full, low, bandwidth }: PictureVariants): string {
  const lines = ['#EXTM3U', '#EXT-X-VERSION:6', `#EXT-X-STREAM-INF:${ratesOf(bandwidth)}`, full];
  if (low !== null) {
    const { peak, average } = bandwidth ?? {
      peak: Number.POSITIVE_INFINITY,
      average: Number.POSITIVE_INFINITY,
    };
    // A bit less than the full picture: hls.js takes two variants that need the same for one.
    const needed: MeasuredBandwidth = {
      peak: Math.min(RENDITION_BANDWIDTH.peak, peak - 1),
      average: Math.min(RENDITION_BANDWIDTH.average, average - 1),
    };
    lines.push(`#EXT-X-STREAM-INF:${ratesOf(needed)}`, low);
  }
  return `${lines.join('\n')}\n`;
}
