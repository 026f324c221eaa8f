import { fitLines } from '../../commands/fit-lines.ts';
import type { Reply } from '../../commands/reply.ts';
import type { Language } from '../../domain/actor.ts';
import type { Line, Span } from '../../words/line.ts';
import { telegramMessagesIn } from '../../words/telegram.ts';
import { keyboardOf, MOST_CHOICES } from './keyboard.ts';

/**
 * Markup levels, richest first. `simple` has no times in the reader's time zone, which self-hosted servers may not know
 * yet; `plain` has no markup.
 */
export const styles = ['rich', 'simple', 'plain'] as const;
export type Style = (typeof styles)[number];

export interface RenderOptions {
  readonly style: Style;
  /** The language of the adapter's own phrases. */
  readonly language: Language;
  readonly owner: number | null;
  readonly withoutLinks: boolean;
}

/** Telegram's limits for a message and a caption, in UTF-16 code units after the markup is parsed. */
const LONGEST = 4_096;
const LONGEST_CAPTION = 1_024;

/** Renders a reply as HTML, in which only & < > need escaping, and a keyboard. */
export function renderMessage(reply: Reply, options: RenderOptions) {
  return {
    ...renderText(reply, options, LONGEST),
    link_preview_options: reply.picture
      ? { url: reply.picture, prefer_small_media: true }
      : { is_disabled: true },
  };
}

/** Renders a reply as the caption of a video. */
export function renderCaption(reply: Reply, options: RenderOptions) {
  const { text, ...others } = renderText(reply, options, LONGEST_CAPTION);
  return { caption: text, ...others };
}

function renderText(reply: Reply, options: RenderOptions, most: number) {
  const { style, language } = options;
  const keyboard = keyboardOf(reply, options);
  const lines = fitLines(allLines(reply, language), {
    most,
    measure: (measured) => plainText({ lines: measured }, style === 'plain').length,
    more: telegramMessagesIn(language).more,
  });
  const text =
    style === 'plain' ? plainText({ lines }, true) : lines.map((line) => html(line, style)).join('\n');
  return {
    // Telegram refuses an empty text.
    text: plainText({ lines }, style === 'plain').trim() === '' ? '…' : text.toWellFormed(),
    ...(style === 'plain' ? {} : { parse_mode: 'HTML' as const }),
    ...(keyboard ? { reply_markup: keyboard } : {}),
  };
}

/** Renders a reply without markup. @param withAddresses writes out the addresses of links. */
export function plainText({ lines }: Pick<Reply, 'lines'>, withAddresses = false): string {
  return lines.map((line) => line.map((span) => plainSpan(span, withAddresses)).join('')).join('\n');
}

function allLines({ lines, menu }: Reply, language: Language): readonly Line[] {
  const left = (menu?.choices.length ?? 0) - MOST_CHOICES;
  return left > 0 ? [...lines, [telegramMessagesIn(language).moreChoices(left)]] : lines;
}

function html(line: Line, style: Style): string {
  return line.map((span) => htmlSpan(span, style)).join('');
}

function htmlSpan(span: Span, style: Style): string {
  const text = escapeHtml(plainSpan(span));
  if (typeof span === 'string') return text;
  if ('bold' in span) return `<b>${text}</b>`;
  if ('code' in span) return `<code>${text}</code>`;
  if ('link' in span) return `<a href="${escapeHtml(span.link).replaceAll('"', '&quot;')}">${text}</a>`;
  if (style !== 'rich') return text;
  // In the reader's time zone; older clients show the text. Formats: core.telegram.org/bots/api#date-time-entity-formatting
  const [at, format] = 'ago' in span ? [span.ago, 'r'] : [span.clock, span.withDate ? 'dt' : 't'];
  return `<tg-time unix="${Math.floor(at / 1000)}" format="${format}">${text}</tg-time>`;
}

function plainSpan(span: Span, withAddresses = false): string {
  if (typeof span === 'string') return span;
  if ('bold' in span) return span.bold;
  if ('code' in span) return span.code;
  if ('link' in span) {
    return withAddresses && span.label !== span.link ? `${span.label} ${span.link}` : span.label;
  }
  const [at, withDate] = 'ago' in span ? [span.ago, false] : [span.clock, span.withDate];
  // In the server's time zone; the Swedish format is year, month, day.
  return new Date(at).toLocaleString('sv-SE').slice(withDate ? 0 : 11, 16);
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
