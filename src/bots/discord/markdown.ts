import { time } from 'discord.js';
import type { Line, Span } from '../../commands/reply.ts';

/** Lines as Discord's Markdown, in which no name does anything but stand there. */
export function toMarkdown(lines: readonly Line[]): string {
  return lines.map((line) => line.map(renderSpan).join('')).join('\n');
}

/** As Discord counts: by code points. */
export function sizeOf(lines: readonly Line[]): number {
  let size = 0;
  for (const _ of toMarkdown(lines)) size++;
  return size;
}

function renderSpan(span: Span): string {
  if (typeof span === 'string') return harmless(span);
  if ('bold' in span) return span.bold === '' ? '' : `**${harmless(span.bold)}**`;
  if ('code' in span) return renderCode(span.code);
  // In angle brackets there is no preview.
  if ('link' in span) return `<${span.link}>`;
  if ('ago' in span) return time(Math.floor(span.ago / 1000), 'R');
  return time(Math.floor(span.clock / 1000), span.withDate ? 'f' : 't');
}

/** Nothing can be escaped within code, so whatever would end it goes. */
function renderCode(text: string): string {
  const shown = text.replaceAll('`', '');
  return shown === '' ? '' : `\`${shown}\``;
}

/**
 * Takes the meaning from whatever Discord would not show as it is written. A backslash does so before any punctuation:
 * - emphasis, code, spoilers; masked and bracketed links; mentions, timestamps and custom emoji, which begin with `<`;
 * - the colon of an address and of an emoji's short name; the dot of an invitation, which needs no `https://` to be one;
 * - headings, small print, lists and quotes, which begin a line.
 */
function harmless(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\\*_~`|[\]<>]/g, '\\$&')
    .replace(/:(?=\S)/g, '\\:')
    .replace(/(discord(?:app)?)\.(?=\w)/gi, '$1\\.')
    .replace(/^([^\S\n]*)([#+-])/gm, '$1\\$2')
    .replace(/^([^\S\n]*\d+)\.(?=\s)/gm, '$1\\.');
}
