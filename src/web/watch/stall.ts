/** Detects a playhead that should move and does not, since some failures of players and browsers raise no error. */
export class StallWatch {
  private readonly limitMs: number;
  private position = Number.NaN;
  private since = 0;

  constructor(limitMs: number) {
    this.limitMs = limitMs;
  }

  /** Starts counting at the next check. */
  restart(): void {
    this.position = Number.NaN;
  }

  /** True once the playhead has stood still for the limit; then, and while nothing should play, counting starts again. */
  check(nowMs: number, currentTime: number, shouldPlay: boolean): boolean {
    if (!shouldPlay || currentTime !== this.position) {
      this.position = currentTime;
      this.since = nowMs;
      return false;
    }
    if (nowMs - this.since < this.limitMs) return false;
    this.since = nowMs;
    return true;
  }
}
