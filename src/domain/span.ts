/** A stretch of time in epoch milliseconds; `to` is after `from`. */
export interface Span {
  readonly from: number;
  readonly to: number;
}
