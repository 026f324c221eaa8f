/** How good this viewer's connection is. */
export type ConnectionQuality = 'good' | 'fair' | 'poor';

/** A measurement of the playback: seconds, and the picture's height in pixels. */
export interface ConnectionReading {
  /** Media that is buffered ahead. */
  readonly ahead: number;
  /** Distance from the live edge. */
  readonly behind: number;
  readonly height: number;
}

/** A reading with the quality it stands for. */
export interface Connection extends ConnectionReading {
  readonly quality: ConnectionQuality;
}

/** Seconds that last until the next segment arrives, and a little longer. */
const ENOUGH = 1.2;
const SCARCE = 0.4;
/** Milliseconds after a stall during which the connection does not count as good. */
const REMEMBERED = 20_000;

/** Judges the connection by the reserve and by how recently playback stalled. */
export class ConnectionJudge {
  private stalledAt = Number.NEGATIVE_INFINITY;

  stalled(now: number): void {
    this.stalledAt = now;
  }

  judge(reading: ConnectionReading, now: number): Connection {
    return { ...reading, quality: this.quality(reading.ahead, now) };
  }

  private quality(ahead: number, now: number): ConnectionQuality {
    if (ahead < SCARCE) return 'poor';
    return ahead < ENOUGH || now - this.stalledAt < REMEMBERED ? 'fair' : 'good';
  }
}
