import { time } from 'discord.js';
import type { Line, Span } from '../../words/line.ts';

/** Renders lines as Discord's Markdown, in which names are escaped. */
export function toMarkdown(lines: readonly Line[]): string {
  return lines.map((line) => line.map(renderSpan).join('')).join('\n');
}

/** The length of the rendered lines in code points, as Discord counts. */
export function sizeOf(lines: readonly Line[]): number {
  let size = 0;
  for (const _ of toMarkdown(lines)) size++;
  return size;
}

function renderSpan(span: Span): string {
  if (typeof span === 'string') return escapeText(span);
  if ('bold' in span) return span.bold === '' ? '' : `**${escapeText(span.bold)}**`;
  if ('code' in span) return renderCode(span.code);
  // Angle brackets suppress the preview.
  if ('link' in span) return `<${span.link}>`;
  if ('ago' in span) return time(Math.floor(span.ago / 1000), 'R');
  return time(Math.floor(span.clock / 1000), span.withDate ? 'f' : 't');
}

/** Drops backticks, since nothing can be escaped within code. */
function renderCode(text: string): string {
  const shown = text.replaceAll('`', '');
  return shown === '' ? '' : `\`${shown}\``;
}

/**
 * Escapes all that Discord would not show as written, with a backslash before the punctuation:
 * - emphasis, code, spoilers; masked and bracketed links; mentions, timestamps and custom emoji, which begin with `<`;
 * - the colon of an address and of an emoji's short name; the dot of an invitation, which needs no `https://` to be one;
 * - headings, small print, lists and quotes, which begin a line.
 */
function escapeText(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\\*_~`|[\]<>]/g, '\\$&')
    .replace(/:(?=\S)/g, '\\:')
    .replace(/(discord(?:app)?)\.(?=\w)/gi, '$1\\.')
    .replace(/^([^\S\n]*)([#+-])/gm, '$1\\$2')
    .replace(/^([^\S\n]*\d+)\.(?=\s)/gm, '$1\\.');
}
