import type { Programme } from '../../domain/channel.ts';
import type { ChannelId } from '../../domain/ids.ts';
import type { Clock } from '../../lib/clock.ts';
import type { GuideMatches } from '../../store/guide-matches.ts';
import type { Catalogue } from '../catalogue.ts';
import { nameWithoutTags } from '../channel-title.ts';
import { foldWords } from '../names/fold.ts';
import { Likeness } from '../search/likeness.ts';
import { TimeSlices } from '../time-slices.ts';
import type { GuideCandidate } from './guide-reader.ts';
import type { OpenGuide } from './join-guides.ts';
import { confidences } from './match-channel.ts';
import type { WholeGuide } from './whole-guide.ts';

export interface GuideChoicesOptions {
  readonly whole: Pick<WholeGuide, 'guides' | 'placeOf' | 'rejoin'>;
  readonly matches: Pick<GuideMatches, 'of' | 'choose' | 'forget'>;
  readonly catalogue: Pick<Catalogue, 'snapshot' | 'groupOf'>;
  readonly clock: Pick<Clock, 'now'>;
}

/** A guide that a channel could have. */
export interface GuideChoice {
  /** Its id in XMLTV. */
  readonly key: string;
  /** For people; the id where the file has no name. */
  readonly name: string;
  /** From 0 to 1. */
  readonly confidence: number;
  /** What is on there; null if nothing is known. */
  readonly now: Programme | null;
}

/** The guide that a channel has. */
export interface PresentGuide extends GuideChoice {
  readonly by: 'hand' | 'id' | 'name';
}

const MOST = 10;
/** Less alike names are no candidates. */
const LEAST = 0.3;
/** Somewhat less than one of the same name. */
const MOST_ALIKE = 0.99;

/** Which guide channels have, which they could have, and the choice of one by hand. */
export class GuideChoices {
  readonly #options: GuideChoicesOptions;

  constructor(options: GuideChoicesOptions) {
    this.#options = options;
  }

  /** The guide of a channel: null if somebody has chosen none, undefined if there is none. */
  present(channelId: ChannelId): PresentGuide | null | undefined {
    const { whole, matches } = this.#options;
    const chosen = matches.of(channelId);
    if (chosen === null) return null;
    const place = whole.placeOf(channelId);
    const guide = place && whole.guides[place.guide];
    if (!guide) return undefined;
    const by = chosen !== undefined ? 'hand' : place.confidence === confidences.id ? 'id' : 'name';
    const { key, channel: id, confidence } = place;
    const name = guide.reader.nameOf(id);
    return { ...this.#choiceOf(guide, { id, key, name }, confidence / 100), by };
  }

  /** The guides whose names are most like a text, the best first. It works in time slices. */
  async candidates(text: string, signal: AbortSignal): Promise<GuideChoice[]> {
    const likeness = new Likeness(foldWords(text));
    const slices = new TimeSlices(signal);
    const found = new Map<string, { guide: OpenGuide; candidate: GuideCandidate; score: number }>();
    for (const guide of this.#options.whole.guides)
      for (const candidate of guide.reader.candidates()) {
        if (slices.due()) await slices.rest();
        const { name, key } = candidate;
        const names = [nameWithoutTags(name), key].filter((each) => each !== '');
        const score = Math.max(...names.map((each) => likeness.of(foldWords(each))));
        // A better guide has the same channel.
        if (score >= LEAST && !found.has(key)) found.set(key, { guide, candidate, score });
      }
    return [...found.values()]
      .sort((a, b) => b.score - a.score)
      .slice(0, MOST)
      .map(({ guide, candidate, score }) => this.#choiceOf(guide, candidate, Math.min(score, MOST_ALIKE)));
  }

  /** Whether any of the guides has a channel with this id. */
  has(key: string): boolean {
    return this.#options.whole.guides.some(({ reader }) => reader.channel(key) !== undefined);
  }

  /**
   * Chooses the guide of a channel, for all its variants.
   * @param key null for none, undefined to have it found by itself again.
   */
  async choose(channelId: ChannelId, key: string | null | undefined): Promise<void> {
    const { catalogue, matches, whole } = this.#options;
    const channel = catalogue.snapshot().byId.get(channelId);
    const variants = catalogue.groupOf(channelId)?.variants ?? (channel ? [channel] : []);
    const channels = variants.map(({ id, name }) => ({ channelId: id, channelName: name }));
    if (key === undefined) matches.forget(channels.map((each) => each.channelId));
    else matches.choose(channels, key);
    await whole.rejoin();
  }

  #choiceOf({ reader }: OpenGuide, { id, key, name }: GuideCandidate, confidence: number): GuideChoice {
    const now = this.#options.clock.now();
    const [current = null] = reader.between(id, now, now + 1, 1);
    return { key, name: name || key, confidence, now: current };
  }
}
