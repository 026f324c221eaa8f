import { ActionRowBuilder, ButtonBuilder, ButtonStyle, EmbedBuilder, escapeMarkdown, time } from 'discord.js';
import { type Button, encodeAction, type Line, type Reply, type Span } from '../../commands/reply.ts';

export interface DiscordMessage {
  readonly content: string;
  /** What has a picture stands in an embed, and in nothing else. */
  readonly embeds: EmbedBuilder[];
  readonly components: ActionRowBuilder<ButtonBuilder>[];
}

/** Discord's limits on a message's buttons. */
const ROWS = 5;
const PER_ROW = 5;
const LONGEST = 2_000;

/** A reply as Discord takes it: Markdown, and rows of buttons. Short rows are joined, since there are only five. */
export function renderReply({ lines, picture, buttons = [] }: Reply): DiscordMessage {
  const all = buttons.flat().slice(0, ROWS * PER_ROW);
  const rows = buttons.length <= ROWS ? buttons.map((row) => row.slice(0, PER_ROW)) : chunks(all, PER_ROW);
  const text = lines.map(renderLine).join('\n').slice(0, LONGEST);
  return {
    content: picture ? '' : text,
    embeds: picture ? [new EmbedBuilder().setDescription(text).setThumbnail(picture)] : [],
    components: rows
      .filter((row) => row.length > 0)
      .map((row) => new ActionRowBuilder<ButtonBuilder>().addComponents(row.map(renderButton))),
  };
}

function renderLine(line: Line): string {
  return line.map(renderSpan).join('');
}

function renderSpan(span: Span): string {
  if (typeof span === 'string') return harmless(span);
  if ('bold' in span) return `**${harmless(span.bold)}**`;
  if ('code' in span) return `\`${span.code.replaceAll('`', '')}\``;
  // In angle brackets there is no preview.
  if ('link' in span) return `<${span.link}>`;
  if ('ago' in span) return time(Math.floor(span.ago / 1000), 'R');
  return time(Math.floor(span.clock / 1000), span.withDate ? 'f' : 't');
}

/** escapeMarkdown leaves masked links, mentions and headings alone. */
function harmless(text: string): string {
  return escapeMarkdown(text)
    .replace(/[[\]<>]/g, '\\$&')
    .replace(/^(\s*)([#-])/, '$1\\$2');
}

function renderButton(button: Button): ButtonBuilder {
  const made = new ButtonBuilder().setLabel(button.label.slice(0, 80));
  return 'url' in button
    ? made.setStyle(ButtonStyle.Link).setURL(button.url)
    : made.setStyle(ButtonStyle.Secondary).setCustomId(encodeAction(button.action));
}

function chunks<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  );
}
