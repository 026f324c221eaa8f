/** A segment of the channel as a media playlist (RFC 8216) lists it. It never changes and keeps its number for ever. */
export interface ListedSegment {
  /** Media sequence number. */
  readonly sequence: number;
  /** Seconds. */
  readonly duration: number;
  /** It comes from another source than the segment before. */
  readonly discontinuity: boolean;
  /** It begins with a keyframe. */
  readonly independent: boolean;
  /** Epoch milliseconds. */
  readonly programDateTime: number;
}

/** A segment with its content. */
export interface StoredSegment extends ListedSegment {
  /** MPEG-TS, whole packets. Shared by everybody who reads it, so nobody may change it. */
  readonly bytes: Buffer;
  /** It is the slate's, while nothing is meant to be on air: no past is made of it. */
  readonly isIdle?: boolean;
}
