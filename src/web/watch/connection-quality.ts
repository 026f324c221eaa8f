/** How good this viewer's connection is. */
export type LinkQuality = 'good' | 'fair' | 'poor';

/** A measurement of the playback: seconds, and the picture's height in pixels. */
export interface LinkReading {
  /** Media that is buffered ahead. */
  readonly ahead: number;
  /** Distance from the live edge. */
  readonly behind: number;
  readonly height: number;
}

/** A reading with the quality it stands for. */
export interface Link extends LinkReading {
  readonly quality: LinkQuality;
}

/** Seconds that last until the next segment arrives, and a little longer. */
const ENOUGH = 1.2;
const SCARCE = 0.4;
/** Milliseconds after a stall during which the connection does not count as good. */
const REMEMBERED = 20_000;

/** Judges the connection by the reserve and by how recently playback stalled. */
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
