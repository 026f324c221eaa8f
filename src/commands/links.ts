import type { OwnLink } from '../access/viewer-links.ts';
import type { Command } from './command.ts';
import type { Phrases } from './phrases.ts';
import type { Button, Line } from './reply.ts';

const END = 'end';
const ALL = 'all';
const LONGEST_NAME = 40;

export const linksCommand: Command = {
  name: 'links',
  options: [],
  role: 'viewer',
  isPrivate: true,
  // Its buttons come back with what to end; only one's own links can be.
  async run({ context: { links }, actor, place, phrases, values: [what, which] }) {
    if (what === END && which !== undefined)
      links.revoke(actor.id, which === ALL ? undefined : Number(which));
    const mine = links.of(actor.id);
    if (mine.length === 0) return { lines: [[phrases.noLinks]], isPrivate: true };
    const buttons = mine.map((link, index) => [
      endButton(`✖ ${index + 1}. ${link.channelName.slice(0, LONGEST_NAME)}`, String(link.id)),
    ]);
    if (mine.length > 1) buttons.push([endButton(phrases.buttons.endAllLinks, ALL)]);
    return {
      lines: [[phrases.yourLinks], ...mine.map((link, index) => describe(link, index + 1, phrases))],
      buttons,
      isPrivate: true,
      // Discord shows a private answer to the asker alone, wherever they are; Telegram cannot.
      ...(place.platform === 'telegram' && !place.isPrivate
        ? { direct: { command: 'links', values: [] } }
        : {}),
    };
  },
};

function describe(link: OwnLink, number: number, phrases: Phrases): Line {
  const used: Line =
    link.players > 0
      ? [phrases.playing(link.players)]
      : link.lastUsedAt === null
        ? [phrases.neverUsed]
        : [`${phrases.lastUsed} `, { clock: link.lastUsedAt, withDate: true }];
  return [
    `${number}. `,
    { bold: link.channelName.slice(0, LONGEST_NAME) },
    ' · ',
    ...used,
    ` · ${phrases.until} `,
    { clock: link.expiresAt, withDate: true },
  ];
}

function endButton(label: string, which: string): Button {
  return { label, action: { command: 'links', values: [END, which] } };
}
