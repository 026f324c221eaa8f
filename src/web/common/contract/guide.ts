/** The guide, as the server’s OpenAPI page documents its JSON. Times are ISO 8601 strings, bit rates are bits per second. */

import type { ChannelGroup, ChannelId } from './channels.ts';

/** An entry of the guide. */
export interface Programme {
  readonly title: string;
  readonly description: string;
  readonly start: string;
  readonly stop: string;
}

/** The programmes of a channel, ordered by start. */
export interface GuideRow {
  readonly channel_id: ChannelId;
  readonly programmes: readonly Programme[];
}

/** A guide that a channel could have. */
export interface GuideCandidate {
  readonly guide_id: string;
  readonly name: string;
  /** From 0 to 1. */
  readonly confidence: number;
  readonly now: Programme | null;
}

/** The guide of a channel, and those that it could have. */
export interface GuideMatch {
  readonly match: GuideCandidate | null;
  /** Whether somebody has chosen it, or that there is none. */
  readonly is_chosen: boolean;
  readonly candidates: readonly GuideCandidate[];
}

/** A span of time, in epoch milliseconds. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A programme found by its title. */
export interface TitleHit {
  readonly channel: ChannelGroup;
  readonly programme: Programme;
}
