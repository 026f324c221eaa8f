import { InlineKeyboard } from 'grammy';
import type { InlineKeyboardButton } from 'grammy/types';
import type { Button, Choice, Reply } from '../../commands/reply.ts';
import { shorten } from '../../lib/shorten.ts';
import { encodePress } from './press-data.ts';

/** UTF-16 code units of a button's label that a phone shows. */
const LONGEST_LABEL = 60;
/** Buttons that a phone can show beside each other. */
const PER_ROW = 4;
/** The most choices that people read. */
export const MOST_CHOICES = 10;

export interface KeyboardOptions {
  /** The person who alone may press the buttons; null for everybody. */
  readonly owner: number | null;
  /** Leaves out link buttons, whose addresses a server may refuse together with the message. */
  readonly withoutLinks: boolean;
}

/** Lays out the choices, one per row, and then the buttons; undefined if there are none. */
export function keyboardOf(
  { menu, buttons = [] }: Pick<Reply, 'menu' | 'buttons'>,
  options: KeyboardOptions,
): InlineKeyboard | undefined {
  const choices = (menu?.choices ?? []).slice(0, MOST_CHOICES).map((choice) => [choiceButton(choice)]);
  const rows = [...choices, ...buttons.flatMap(narrow)]
    .map((row) => row.flatMap((button) => render(button, options)))
    .filter((row) => row.length > 0);
  return rows.length > 0 ? InlineKeyboard.from(rows) : undefined;
}

function choiceButton({ label, description, action }: Choice): Button {
  return { label: description ? `${label} · ${description}` : label, action };
}

/** Splits a row that is too wide into rows of about the same width. */
function narrow(row: readonly Button[]): (readonly Button[])[] {
  const count = Math.ceil(row.length / PER_ROW);
  const width = Math.ceil(row.length / count);
  return Array.from({ length: count }, (_, at) => row.slice(at * width, (at + 1) * width));
}

/** Renders a button; none if Telegram would refuse it, since the answer matters more. */
function render(button: Button, { owner, withoutLinks }: KeyboardOptions): InlineKeyboardButton[] {
  const label = shorten(button.label.trim(), LONGEST_LABEL).toWellFormed();
  if (label === '') return [];
  if ('url' in button) return withoutLinks ? [] : [InlineKeyboard.url(label, button.url)];
  const data = encodePress(button.action, owner);
  if (data === null) return [];
  return [{ ...InlineKeyboard.text(label, data), ...(button.style ? { style: button.style } : {}) }];
}
