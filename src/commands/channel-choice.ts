import type { ChannelMarks } from '../actions/channel-marks.ts';
import { type FavouriteContext, favouriteTest } from '../actions/favourites.ts';
import type { ChannelGroup } from '../catalogue/variants.ts';
import type { Channel } from '../domain/channel.ts';
import { shorten } from '../lib/shorten.ts';
import { messagesIn } from '../words/messages-in.ts';
import { sentence } from '../words/sentence.ts';
import type { Call } from './command.ts';
import type { Action, ActionButton, Button, Choice, Menu, Reply } from './reply.ts';
import type { ResolvedChannel } from './resolve-channel.ts';

/** Fits a button on a phone. */
const LONGEST_LABEL = 60;
/** The limit of a menu's labels. */
const LONGEST_CHOICE = 100;
/** Characters of the typed text that are repeated. */
const LONGEST_QUERY = 80;

/** What a list of channels for one person shows. */
export type ChannelChoiceContext = FavouriteContext & MarksContext;

/** How the buttons name channels. */
export interface MarksContext {
  readonly marks: Pick<ChannelMarks, 'of' | 'read'>;
}

type Asking = Pick<Call<ChannelChoiceContext>, 'actor' | 'context'>;

const playIt: Action = { command: 'play', values: [] };

/**
 * Asks the asker alone which channel they mean, or offers the nearest ones.
 * @param what as of `channelButton`. @param command as it is typed, where the choice does something else.
 */
export function askWhichChannel(
  call: Asking,
  typed: string,
  { kind, groups }: Exclude<ResolvedChannel, { kind: 'one' }>,
  what: Action = playIt,
  command: string = [what.command, ...what.values].join(' '),
): Reply {
  const { language } = call.actor;
  const messages = messagesIn(language);
  const query = shorten(typed.trim(), LONGEST_QUERY);
  if (kind === 'none') {
    const buttons = channelButtons(
      call.context,
      groups,
      what,
      favouriteTest(call.context, call.actor.id),
    ).map((button) => [button]);
    return { lines: [[sentence(language, 'no_match', { query })]], buttons, isPrivate: true };
  }
  const text = kind === 'several' ? messages.several(query) : messages.whichChannel(`/${command}`);
  const menu = choiceMenu(call, groups, messages.chooseChannel, what);
  return { lines: [[text]], ...(groups.length > 0 ? { menu } : {}), isPrivate: true };
}

/** A menu of channels for one person, each with its category and qualities; no two have the same label. */
export function choiceMenu(
  { actor, context }: Asking,
  groups: readonly ChannelGroup[],
  placeholder: string,
  { command, values }: Action = playIt,
): Menu {
  const labels = distinctLabels(groups);
  const isKept = favouriteTest(context, actor.id);
  const categories = new Map(context.catalogue.snapshot().categories.map(({ id, name }) => [id, name]));
  const list = groups.map((group, at): Choice => {
    const { qualities, variants } = group;
    const [best] = variants;
    const { categoryId } = best;
    const facts = [categories.get(categoryId ?? '') ?? '', qualities.join(' ')].filter((fact) => fact !== '');
    return {
      label: shorten(starred(labels[at] ?? '', isKept(group)), LONGEST_CHOICE),
      ...(facts.length > 0 ? { description: shorten(facts.join(' · '), LONGEST_CHOICE) } : {}),
      action: { command, values: [...values, context.marks.of(best)] },
    };
  });
  return { placeholder, choices: list };
}

/** A button for each channel; no two have the same label. @param isKept for a list that one person sees. */
export function channelButtons(
  context: MarksContext,
  groups: readonly ChannelGroup[],
  what: Action = playIt,
  isKept: (group: ChannelGroup) => boolean = () => false,
): Button[] {
  const labels = distinctLabels(groups);
  return groups.map((group, at) => {
    return channelButton(context, group.variants[0], starred(labels[at] ?? '', isKept(group)), what);
  });
}

function starred(label: string, isKept: boolean): string {
  return isKept ? `★ ${label}` : label;
}

/**
 * A button for a channel.
 * @param what the action, to which the channel's id is added as the last value; plays the channel by default.
 */
export function channelButton(
  { marks }: MarksContext,
  channel: Pick<Channel, 'id' | 'name'>,
  label: string,
  { command, values }: Action = playIt,
): ActionButton {
  return {
    label: shorten(label, LONGEST_LABEL),
    action: { command, values: [...values, marks.of(channel)] },
  };
}

/** The channel of a button's value; buttons of version 0.2 have some numbers without `#`. */
export function readPressed(
  marks: Pick<ChannelMarks, 'read'>,
  value: string,
): ReturnType<ChannelMarks['read']> {
  return marks.read(value) ?? marks.read(`#${value}`);
}

/** The channels' labels; where two are the same, with the country, or else the provider's name. */
export function distinctLabels(groups: readonly ChannelGroup[]): string[] {
  const seen = new Map<string, number>();
  for (const { label } of groups) seen.set(label, (seen.get(label) ?? 0) + 1);
  return groups.map(({ label, name, country, variants: [{ name: asListed }] }) => {
    if ((seen.get(label) ?? 0) < 2) return label;
    const withCountry = country === null ? asListed : `${name} (${country})`;
    return withCountry === label ? asListed : withCountry;
  });
}
