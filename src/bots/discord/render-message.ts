import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  EmbedBuilder,
  type MessageActionRowComponentBuilder,
  StringSelectMenuBuilder,
} from 'discord.js';
import { fitLines } from '../../commands/fit-lines.ts';
import { type Button, encodeAction, type Menu, type Reply, rowsOf } from '../../commands/reply.ts';
import { shorten } from '../../lib/shorten.ts';
import type { Line } from '../../words/line.ts';
import { sizeOf, toMarkdown } from './markdown.ts';

type Row = ActionRowBuilder<MessageActionRowComponentBuilder>;

export interface DiscordMessage {
  readonly content: string;
  readonly embeds: EmbedBuilder[];
  readonly components: Row[];
}

/** Discord's limits: docs.discord.com/developers/resources/message and …/components/reference. */
const ROWS = 5;
const PER_ROW = 5;
const LONGEST_CONTENT = 2_000;
const LONGEST_DESCRIPTION = 4_096;
const LONGEST_LABEL = 80;
const LONGEST_URL = 512;
const MOST_CHOICES = 25;
const LONGEST_CHOICE = 100;
const LONGEST_PLACEHOLDER = 150;

/** The stripe at the card's side, in the web pages' accent colour. */
const COLOUR = 0xffc93c;
/** The custom id of every menu; the chosen value carries the action. */
export const MENU_ID = 'v1:menu';

/**
 * Renders a reply as Markdown and rows of components. A card's first line is the message text, so that people who
 * turned embeds off can read it; its details are in an embed, with or without a picture.
 */
export function renderReply({ lines, picture, buttons = [], menu, isCard }: Reply): DiscordMessage {
  const [head = [], ...details] = lines;
  const hasEmbed = picture !== undefined || (isCard === true && details.length > 0);
  const menuRows = menu && menu.choices.length > 0 ? [menuRow(menu)] : [];
  return {
    content: textOf(hasEmbed ? [head] : lines, LONGEST_CONTENT, sizeOf),
    embeds: hasEmbed ? [embedOf(details, picture)] : [],
    components: [...menuRows, ...buttonRows(buttons, ROWS - menuRows.length)],
  };
}

function textOf(lines: readonly Line[], most: number, measure: (lines: readonly Line[]) => number): string {
  return toMarkdown(fitLines(lines, { most, measure, more: (count) => `… (+${count})` }));
}

function embedOf(details: readonly Line[], picture: string | undefined): EmbedBuilder {
  const embed = new EmbedBuilder().setColor(COLOUR);
  // discord.js counts UTF-16 code units before Discord counts.
  const text = textOf(details, LONGEST_DESCRIPTION, (lines) => toMarkdown(lines).length);
  if (text !== '') embed.setDescription(text);
  return picture === undefined ? embed : embed.setThumbnail(picture);
}

function menuRow({ placeholder, choices }: Menu): Row {
  const taken = new Set<string>();
  const options = choices.flatMap(({ label, description, action }) => {
    const value = encodeAction(action);
    if (taken.has(value)) return [];
    taken.add(value);
    return {
      label: labelOf(label, LONGEST_CHOICE),
      value,
      ...(description ? { description: labelOf(description, LONGEST_CHOICE) } : {}),
    };
  });
  return new ActionRowBuilder<MessageActionRowComponentBuilder>().addComponents(
    new StringSelectMenuBuilder()
      .setCustomId(MENU_ID)
      .setPlaceholder(labelOf(placeholder, LONGEST_PLACEHOLDER))
      .addOptions(options.slice(0, MOST_CHOICES)),
  );
}

/** Joins rows if there are too many, and drops buttons with the same action, which Discord refuses. */
function buttonRows(buttons: NonNullable<Reply['buttons']>, most: number): Row[] {
  const taken = new Set<string>();
  const rows = buttons.map((row) => row.filter((button) => isPossible(button, taken)));
  const wanted = rows.filter((row) => row.length > 0).flatMap((row) => rowsOf(row, PER_ROW));
  const fitting = wanted.length <= most ? wanted : rowsOf(rows.flat(), PER_ROW).slice(0, most);
  return fitting.map((row) =>
    new ActionRowBuilder<MessageActionRowComponentBuilder>().addComponents(row.map(renderButton)),
  );
}

function isPossible(button: Button, taken: Set<string>): boolean {
  if ('url' in button) return button.url.length <= LONGEST_URL;
  const id = encodeAction(button.action);
  if (taken.has(id)) return false;
  taken.add(id);
  return true;
}

function renderButton(button: Button): ButtonBuilder {
  const made = new ButtonBuilder().setLabel(labelOf(button.label, LONGEST_LABEL));
  if ('url' in button) return made.setStyle(ButtonStyle.Link).setURL(button.url);
  const style = button.style === 'danger' ? ButtonStyle.Danger : ButtonStyle.Secondary;
  return made.setStyle(style).setCustomId(encodeAction(button.action));
}

/** Discord refuses an empty label and half of a surrogate pair. */
function labelOf(text: string, most: number): string {
  return shorten(text.trim().toWellFormed(), most) || '…';
}
