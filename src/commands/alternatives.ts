import { parseName } from '../catalogue/names/parse-name.ts';
import type { Channel } from '../domain/channel.ts';
import { channelButton } from './choice.ts';
import type { CommandContext } from './context.ts';
import type { Button } from './reply.ts';

const MOST_VARIANTS = 3;
const MOST_SIMILAR = 3;

/** Where a channel does not come: its other variants, then channels with a name like it, as buttons that play them. */
export function alternatives(
  { catalogue }: Pick<CommandContext, 'catalogue'>,
  channel: Pick<Channel, 'id' | 'name'>,
): Button[][] {
  const { name } = parseName(channel.name);
  const groups = catalogue.groups(name, { limit: MOST_SIMILAR + 1 });
  const own = groups.find(({ variants }) => variants.some(({ id }) => id === channel.id));
  const variants = own?.variants.filter(({ id }) => id !== channel.id).slice(0, MOST_VARIANTS) ?? [];
  const similar = groups.filter((group) => group !== own).map((group) => group.variants[0]);
  return [...variants, ...similar.slice(0, MOST_SIMILAR)].map((each) => [channelButton(each)]);
}
