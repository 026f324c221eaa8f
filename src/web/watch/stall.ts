/** NoticeClips a picture that should move and does not: some failures of players and browsers raise no error at all. */
export class StallWatch {
  private readonly limitMs: number;
  private position = Number.NaN;
  private since = 0;

  constructor(limitMs: number) {
    this.limitMs = limitMs;
  }

  /** Counts from the next check on. */
  restart(): void {
    this.position = Number.NaN;
  }

  /** True once the playhead has stood still for the limit; begins anew after that, and while nothing should play. */
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
