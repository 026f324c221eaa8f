import type { Catalogue } from '../catalogue/catalogue.ts';
import { nameWithoutTags, titleOf } from '../catalogue/channel-title.ts';
import type { Language } from '../domain/actor.ts';
import type { Channel } from '../domain/channel.ts';
import { accountOf } from '../domain/ids.ts';
import { accountName } from '../words/account-name.ts';
import { channelButton, type MarksContext } from './channel-choice.ts';
import { type Button, rowsOf } from './reply.ts';

const MOST_VARIANTS = 3;
const MOST_SIMILAR = 3;
const PER_ROW = 2;

/** Where other channels are looked for. */
export interface AlternativesContext extends MarksContext {
  readonly catalogue: Pick<Catalogue, 'groups' | 'groupOf'>;
}

/** Buttons to play instead of a channel that cannot be opened: its other variants, then channels with similar names. */
export function alternatives(
  context: AlternativesContext,
  channel: Pick<Channel, 'id' | 'name'>,
  language: Language,
): Button[][] {
  const { catalogue } = context;
  const name = catalogue.groupOf(channel.id)?.name ?? nameWithoutTags(channel.name);
  const groups = catalogue.groups(name, { limit: MOST_SIMILAR + 1 });
  const own = groups.find(({ variants }) => variants.some(({ id }) => id === channel.id));
  const variants = own?.variants.filter(({ id }) => id !== channel.id).slice(0, MOST_VARIANTS) ?? [];
  const similar = groups.filter((group) => group !== own).slice(0, MOST_SIMILAR);
  const accounts = new Set([channel, ...variants].map(({ id }) => accountOf(id)));
  const names = namesOf(context, variants, accounts.size > 1 ? language : null);
  const buttons = [
    ...variants.map((each, at) => channelButton(context, each, names[at] ?? each.name)),
    ...similar.map(({ label, variants: [best] }) => channelButton(context, best, label)),
  ];
  return rowsOf(buttons, PER_ROW);
}

/**
 * Names variants as "TF1 · HD", or by the provider's names where two would be the same.
 * @param language to name their accounts too; null: they are of one account.
 */
function namesOf(
  context: AlternativesContext,
  variants: readonly Channel[],
  language: Language | null,
): string[] {
  const titles = variants.map((each) => {
    const { name, quality } = titleOf(context, each);
    const account = language && accountName(accountOf(each.id), language);
    return [name, quality, account].filter((part) => part !== null).join(' · ');
  });
  return variants.map(({ name }, at) => {
    const title = titles[at] ?? name;
    return titles.indexOf(title) === titles.lastIndexOf(title) ? title : name;
  });
}
