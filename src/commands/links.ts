import type { LinkInUse, PrivateLinks } from '../access/private-links.ts';
import { type EndPrivateLinksContext, endPrivateLinks } from '../actions/end-private-links.ts';
import { rights } from '../actions/rights.ts';
import { labelOf, type TitleSource } from '../catalogue/channel-title.ts';
import { toChannel } from '../catalogue/find-again.ts';
import { findLike } from '../catalogue/names/find-like.ts';
import { shorten } from '../lib/shorten.ts';
import type { Line } from '../words/line.ts';
import type { Messages } from '../words/messages.ts';
import type { Command } from './command.ts';
import { privateAnswer } from './private-answer.ts';
import type { Button } from './reply.ts';

const END = 'end';
const ALL = 'all';
const LONGEST_NAME = 40;

type Context = EndPrivateLinksContext & TitleSource & { readonly links: Pick<PrivateLinks, 'of'> };

export const linksCommand: Command<Context> = {
  name: 'links',
  options: [{ name: 'word', isRequired: false, suggests: false }],
  role: rights.own.role,
  isPrivate: true,
  // Its buttons call it with the link to end; people can only end their own.
  async run({ context, actor, place, messages, values: [what = '', which] }) {
    const labelOfLink = (link: LinkInUse) => labelOf(context, toChannel(link));
    const { links } = context;
    if (what === END && which !== undefined)
      endPrivateLinks(context, actor, actor.id, which === ALL ? undefined : Number(which));
    const all = links.of(actor.id);
    const like =
      which === undefined ? findLike(all, what, (link) => [labelOfLink(link), link.channelName]) : [];
    const mine = like.length > 0 ? like : all;
    if (mine.length === 0) return { lines: [[messages.noLinks]], isPrivate: true };
    const buttons = mine.map((link, index) => [
      endButton(`✖ ${index + 1}. ${shorten(labelOfLink(link), LONGEST_NAME)}`, String(link.id)),
    ]);
    if (mine === all && all.length > 1) buttons.push([endButton(messages.buttons.endAllLinks, ALL)]);
    return {
      lines: [
        [messages.yourLinks],
        ...mine.map((link, index) => describe(link, labelOfLink(link), index + 1, messages)),
      ],
      buttons,
      isPrivate: true,
      ...privateAnswer(place, { command: 'links', values: [] }),
    };
  },
};

function describe(link: LinkInUse, label: string, number: number, messages: Messages): Line {
  const used: Line =
    link.players > 0
      ? [messages.playing(link.players)]
      : link.lastUsedAt === null
        ? [messages.neverUsed]
        : [`${messages.lastUsed} `, { clock: link.lastUsedAt, withDate: true }];
  return [
    `${number}. `,
    { bold: shorten(label, LONGEST_NAME) },
    ' · ',
    ...used,
    ` · ${messages.until} `,
    { clock: link.expiresAt, withDate: true },
  ];
}

function endButton(label: string, which: string): Button {
  return { label, action: { command: 'links', values: [END, which] } };
}
