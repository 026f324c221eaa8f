import { InlineKeyboard } from 'grammy';
import { encodeAction, type Line, type Reply, type Span } from '../../commands/reply.ts';

/** A reply as Telegram takes it: HTML, in which only & < > need escaping, and a keyboard. */
export function renderMessage({ lines, picture, menu, buttons = [] }: Reply) {
  const keyboard = renderButtons([...(menu?.choices ?? []).map((choice) => [choice]), ...buttons]);
  return {
    text: lines.map(renderLine).join('\n'),
    parse_mode: 'HTML' as const,
    link_preview_options: picture ? { url: picture, prefer_small_media: true } : { is_disabled: true },
    ...(keyboard ? { reply_markup: keyboard } : {}),
  };
}

/** Where there is no markup; of a link there is only its label. */
export function plainText({ lines }: Pick<Reply, 'lines'>): string {
  return lines.map((line) => line.map(plainSpan).join('')).join('\n');
}

function renderLine(line: Line): string {
  return line.map(renderSpan).join('');
}

function renderSpan(span: Span): string {
  const text = escapeHtml(plainSpan(span));
  if (typeof span === 'string') return text;
  if ('bold' in span) return `<b>${text}</b>`;
  if ('code' in span) return `<code>${text}</code>`;
  if ('link' in span) return `<a href="${escapeHtml(span.link).replaceAll('"', '&quot;')}">${text}</a>`;
  // Shown in the reader's own time; by older clients as it stands here. Formats: core.telegram.org/bots/api#date-time-entity-formatting
  const [at, format] = 'ago' in span ? [span.ago, 'r'] : [span.clock, span.withDate ? 'dt' : 't'];
  return `<tg-time unix="${Math.floor(at / 1000)}" format="${format}">${text}</tg-time>`;
}

function plainSpan(span: Span): string {
  if (typeof span === 'string') return span;
  if ('bold' in span) return span.bold;
  if ('code' in span) return span.code;
  if ('link' in span) return span.label;
  const [at, withDate] = 'ago' in span ? [span.ago, false] : [span.clock, span.withDate];
  // In the server's time, which Swedes write as year, month, day.
  return new Date(at).toLocaleString('sv-SE').slice(withDate ? 0 : 11, 16);
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function renderButtons(rows: NonNullable<Reply['buttons']>): InlineKeyboard | undefined {
  if (rows.length === 0) return undefined;
  return InlineKeyboard.from(
    rows.map((row) =>
      row.map((button) =>
        'url' in button
          ? InlineKeyboard.url(button.label, button.url)
          : InlineKeyboard.text(button.label, encodeAction(button.action)),
      ),
    ),
  );
}
