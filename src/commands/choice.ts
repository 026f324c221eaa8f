import type { ChannelGroup } from '../catalogue/variants.ts';
import type { Channel } from '../domain/channel.ts';
import { shorten } from '../lib/shorten.ts';
import type { Call } from './command.ts';
import type { Found } from './find.ts';
import { phrasesIn } from './phrases.ts';
import type { Action, Button, Reply } from './reply.ts';
import { sentence } from './sentence.ts';

/** Fits a button on a phone. */
const LONGEST_LABEL = 60;

const playIt: Action = { command: 'play', values: [] };

/** Asks which one is meant, or offers what is nearest, for the asker alone. @param what as of `channelButton`. */
export function askWhich(
  { actor: { language } }: Pick<Call, 'actor'>,
  query: string,
  { kind, groups }: Exclude<Found, { kind: 'one' }>,
  what: Action = playIt,
): Reply {
  const text =
    kind === 'several' ? phrasesIn(language).whichOne(query) : sentence(language, 'no_match', { query });
  return { lines: [[text]], buttons: choices(groups, what).map((button) => [button]), isPrivate: true };
}

/** A button for each channel; no two have the same label. */
export function choices(groups: readonly ChannelGroup[], what: Action = playIt): Button[] {
  const labels = labelsOf(groups);
  return groups.map(({ variants: [{ id }] }, at) => channelButton({ id, name: labels[at] ?? '' }, what));
}

/** @param what is done with the channel, which becomes its last value; to play it where nothing is said. */
export function channelButton(
  { id, name }: Pick<Channel, 'id' | 'name'>,
  { command, values }: Action = playIt,
): Button {
  return { label: shorten(name, LONGEST_LABEL), action: { command, values: [...values, `#${id}`] } };
}

/** Names as people know them; where two are the same, with the country, or else as the list has it. */
export function labelsOf(groups: readonly ChannelGroup[]): string[] {
  const seen = new Map<string, number>();
  for (const { label } of groups) seen.set(label, (seen.get(label) ?? 0) + 1);
  return groups.map(({ label, name, country, variants: [{ name: asListed }] }) => {
    if ((seen.get(label) ?? 0) < 2) return label;
    const withCountry = country === null ? asListed : `${name} (${country})`;
    return withCountry === label ? asListed : withCountry;
  });
}
