import { favouriteTest } from '../actions/favourites.ts';
import { type ListContext, requireList } from '../actions/require-list.ts';
import { rights } from '../actions/rights.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { findLike } from '../catalogue/names/find-like.ts';
import type { Category } from '../domain/channel.ts';
import { shorten } from '../lib/shorten.ts';
import { type ChannelChoiceContext, channelButtons } from './channel-choice.ts';
import type { Call, Command } from './command.ts';
import { type Button, type Reply, rowsOf } from './reply.ts';

/** With the row that turns pages, Discord's five rows are full. */
const ROWS = 4;
const PER_ROW = 2;
const LONGEST_LABEL = 60;
const PAGE = ROWS * PER_ROW;
/** Category ids that fit into a button; a category with any other id cannot be browsed. */
const HELD_BY_A_BUTTON = /^[\w-]{1,32}$/;

type Context = ChannelChoiceContext &
  ListContext & {
    readonly catalogue: Pick<Catalogue, 'browse'>;
  };

/** Browses the categories, those that match a word, or the channels of one, by page. Its buttons edit their own message. */
export const channelsCommand: Command<Context> = {
  name: 'channels',
  options: [{ name: 'word', isRequired: false, suggests: false }],
  role: rights.look.role,
  isPrivate: true,
  async run(call) {
    const {
      context,
      values: [id = '', page = ''],
    } = call;
    await requireList(context);
    const { categories, countByCategory } = context.catalogue.snapshot();
    const wanted = Number(page) || 1;
    const shown = categories.filter(
      (each) => HELD_BY_A_BUTTON.test(each.id) && (countByCategory.get(each.id) ?? 0) > 0,
    );
    const like = page === '' ? findLike(shown, id, ({ name }) => [name]) : [];
    if (like.length > 1) return categoryPage(call, like.slice(0, PAGE), 1);
    const category = like[0] ?? shown.find((each) => each.id === id);
    return category ? channelPage(call, category, wanted) : categoryPage(call, shown, id === '' ? wanted : 1);
  },
};

function categoryPage({ messages }: Call<Context>, categories: readonly Category[], wanted: number): Reply {
  const { page, pages } = within(wanted, categories.length);
  const buttons = categories
    .slice((page - 1) * PAGE, page * PAGE)
    .map(({ id, name }) => turn(shorten(name, LONGEST_LABEL), id, 1));
  return {
    lines: [[messages.categories(categories.length)]],
    buttons: [...rowsOf(buttons, PER_ROW), pager('', page, pages)],
    isPrivate: true,
  };
}

function channelPage(
  { context, actor, messages }: Call<Context>,
  { id, name }: Category,
  wanted: number,
): Reply {
  const { total } = context.catalogue.browse('', { category: id, limit: 0, offset: 0 });
  const { page, pages } = within(wanted, total);
  const { items } = context.catalogue.browse('', { category: id, limit: PAGE, offset: (page - 1) * PAGE });
  return {
    lines: [[{ bold: name }, ` · ${messages.channels(total)}`]],
    buttons: [
      ...rowsOf(channelButtons(context, items, undefined, favouriteTest(context, actor.id)), PER_ROW),
      [...pager(id, page, pages), turn(messages.buttons.categories, '', 1)],
    ],
    isPrivate: true,
  };
}

/** ◀ 2/7 ▶ */
function pager(category: string, page: number, pages: number): Button[] {
  if (pages < 2) return [];
  const buttons = [turn(`${page}/${pages}`, category, page)];
  if (page > 1) buttons.unshift(turn('◀', category, page - 1));
  if (page < pages) buttons.push(turn('▶', category, page + 1));
  return buttons;
}

function turn(label: string, category: string, page: number): Button {
  return { label, action: { command: 'channels', values: [category, String(page)] } };
}

function within(wanted: number, total: number): { readonly page: number; readonly pages: number } {
  const pages = Math.max(1, Math.ceil(total / PAGE));
  return { page: Math.min(Math.max(1, Math.floor(wanted)), pages), pages };
}
