import { parseName } from '../names/parse-name.ts';
import { guideKey } from './guide-key.ts';
import type { GuideReader } from './guide-reader.ts';

/** A channel of the list whose guide is looked for. */
export interface WantedChannel {
  readonly name: string;
  readonly epgId: string | null;
  /** Of its category; null where it tells none. */
  readonly country: string | null;
  /** Which of the guides is that of its account; -1 for none. */
  readonly own: number;
}

/** A channel's guide: which of the guides, and the channel's number in its file. */
export interface GuideMatch {
  readonly guide: number;
  readonly channel: number;
  /** In hundredths. */
  readonly confidence: number;
}

/** What the provider says itself; the same name in the same country; the same name, where one of the countries is not known. */
export const confidences = { id: 100, nameAndCountry: 90, name: 70 } as const;

type Guide = Pick<GuideReader, 'channel' | 'named'>;
type Found = Omit<GuideMatch, 'guide'> & { readonly until: number };

/**
 * Finds a channel's guide: in the first of the guides that tells what comes, else in the first that has the channel at all.
 * That of its own account comes first, since ids are the provider's. @param guides the preferred first.
 */
export function matchChannel(
  guides: readonly Guide[],
  wanted: WantedChannel,
  now: number,
): GuideMatch | null {
  let past: GuideMatch | null = null;
  for (const guide of orderFor(wanted, guides.length))
    for (const { channel, confidence, until } of foundIn(guides[guide] as Guide, wanted)) {
      const match = { guide, channel, confidence };
      if (until > now) return match;
      past ??= match;
    }
  return past;
}

function* orderFor({ own }: WantedChannel, guides: number): Generator<number> {
  if (own >= 0) yield own;
  for (let guide = 0; guide < guides; guide++) if (guide !== own) yield guide;
}

function* foundIn(guide: Guide, wanted: WantedChannel): Generator<Found> {
  const byId = wanted.epgId === null ? undefined : guide.channel(guideKey(wanted.epgId));
  if (byId) yield { channel: byId.id, confidence: confidences.id, until: byId.until };
  const byName = foundByName(guide, wanted);
  if (byName) yield byName;
}

/** The channel with the same name, as the search compares names. Never one of another country, nor one of several. */
function foundByName(guide: Guide, { name, country: hint }: WantedChannel): Found | null {
  const { key, kind, country } = parseName(name, hint);
  if (key === '' || kind === 'separator') return null;
  const named = guide.named(key);
  const latest = (channels: typeof named) => channels.toSorted((a, b) => b.until - a.until)[0];
  const same = country === null ? undefined : latest(named.filter((each) => each.country === country));
  if (same) return { ...same, confidence: confidences.nameAndCountry };
  const possible = country === null ? named : named.filter((each) => each.country === '');
  // TF1 of France and TF1 of Switzerland are two.
  if (new Set(possible.map((each) => each.country)).size > 1) return null;
  const only = latest(possible);
  return only ? { ...only, confidence: confidences.name } : null;
}
