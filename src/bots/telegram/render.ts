import { InlineKeyboard } from 'grammy';
import { encodeAction, type Line, type Reply, type Span } from '../../commands/reply.ts';

/** A reply as Telegram takes it: HTML, in which only & < > need escaping, and a keyboard. */
export function renderMessage({ lines, buttons }: Reply) {
  const keyboard = renderButtons(buttons ?? []);
  return {
    text: lines.map(renderLine).join('\n'),
    parse_mode: 'HTML' as const,
    link_preview_options: { is_disabled: true },
    ...(keyboard ? { reply_markup: keyboard } : {}),
  };
}

function renderLine(line: Line): string {
  return line.map(renderSpan).join('');
}

function renderSpan(span: Span): string {
  if (typeof span === 'string') return escapeHtml(span);
  if ('bold' in span) return `<b>${escapeHtml(span.bold)}</b>`;
  if ('code' in span) return `<code>${escapeHtml(span.code)}</code>`;
  if ('link' in span)
    return `<a href="${escapeHtml(span.link).replaceAll('"', '&quot;')}">${escapeHtml(span.label)}</a>`;
  // Shown in the reader's own time; by older clients in the server's, which Swedes write as year, month, day.
  const text = new Date(span.clock).toLocaleString('sv-SE').slice(span.withDate ? 0 : 11, 16);
  const format = span.withDate ? 'dt' : 't';
  return `<tg-time unix="${Math.floor(span.clock / 1000)}" format="${format}">${text}</tg-time>`;
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
