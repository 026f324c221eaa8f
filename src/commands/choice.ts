import type { ChannelGroup } from '../catalogue/variants.ts';
import type { Channel } from '../domain/channel.ts';
import { shorten } from '../lib/shorten.ts';
import type { Call } from './command.ts';
import type { Found } from './find.ts';
import { phrasesIn } from './phrases.ts';
import type { Action, ActionButton, Button, Choice, Menu, Reply } from './reply.ts';
import { sentence } from './sentence.ts';

/** Fits a button on a phone. */
const LONGEST_LABEL = 60;
/** What a menu takes. */
const LONGEST_CHOICE = 100;
/** Of what was typed, so much is repeated. */
const LONGEST_QUERY = 80;

const playIt: Action = { command: 'play', values: [] };

/**
 * Asks which channel is meant, or offers what is nearest, for the asker alone.
 * @param what as of `channelButton`. @param command as it is typed, where that is not what the choice does.
 */
export function askWhich(
  { actor: { language }, context }: Pick<Call, 'actor' | 'context'>,
  typed: string,
  { kind, groups }: Exclude<Found, { kind: 'one' }>,
  what: Action = playIt,
  command: string = [what.command, ...what.values].join(' '),
): Reply {
  const phrases = phrasesIn(language);
  const query = shorten(typed.trim(), LONGEST_QUERY);
  if (kind === 'none') {
    const buttons = choices(groups, what).map((button) => [button]);
    return { lines: [[sentence(language, 'no_match', { query })]], buttons, isPrivate: true };
  }
  const text = kind === 'several' ? phrases.several(query) : phrases.whichChannel(`/${command}`);
  const menu = choiceMenu(context, groups, phrases.chooseChannel, what);
  return { lines: [[text]], ...(groups.length > 0 ? { menu } : {}), isPrivate: true };
}

/** A menu of channels, each with its category and qualities; no two have the same label. */
export function choiceMenu(
  { catalogue }: Pick<Call['context'], 'catalogue'>,
  groups: readonly ChannelGroup[],
  placeholder: string,
  { command, values }: Action = playIt,
): Menu {
  const labels = labelsOf(groups);
  const categories = new Map(catalogue.snapshot().categories.map(({ id, name }) => [id, name]));
  const list = groups.map(({ qualities, variants: [{ id, categoryId }] }, at): Choice => {
    const facts = [categories.get(categoryId ?? '') ?? '', qualities.join(' ')].filter((fact) => fact !== '');
    return {
      label: shorten(labels[at] ?? '', LONGEST_CHOICE),
      ...(facts.length > 0 ? { description: shorten(facts.join(' · '), LONGEST_CHOICE) } : {}),
      action: { command, values: [...values, `#${id}`] },
    };
  });
  return { placeholder, choices: list };
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
): ActionButton {
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
