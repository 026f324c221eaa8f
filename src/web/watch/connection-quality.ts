/** How well the picture comes to this viewer. */
export type LinkQuality = 'good' | 'fair' | 'poor';

/** Seconds, and the picture's height in pixels. */
export interface LinkReading {
  /** Media that is buffered ahead. */
  readonly ahead: number;
  /** Distance from the edge of the channel. */
  readonly behind: number;
  readonly height: number;
}

export interface Link extends LinkReading {
  readonly quality: LinkQuality;
}

/** A reserve that lasts until the next segment comes, and a little. */
const ENOUGH = 1.2;
const SCARCE = 0.4;
/** A picture that stood still this lately, milliseconds, is remembered. */
const REMEMBERED = 20_000;

/** Judges the link by the reserve and by how lately the picture stood still. */
export class LinkWatch {
  private stalledAt = Number.NEGATIVE_INFINITY;

  stalled(now: number): void {
    this.stalledAt = now;
  }

  judge(reading: LinkReading, now: number): Link {
    return { ...reading, quality: this.quality(reading.ahead, now) };
  }

  private quality(ahead: number, now: number): LinkQuality {
    if (ahead < SCARCE) return 'poor';
    return ahead < ENOUGH || now - this.stalledAt < REMEMBERED ? 'fair' : 'good';
  }
}
