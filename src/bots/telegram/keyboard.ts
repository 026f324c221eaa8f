import { InlineKeyboard } from 'grammy';
import type { InlineKeyboardButton } from 'grammy/types';
import type { Button, Choice, Reply } from '../../commands/reply.ts';
import { shorten } from '../../lib/shorten.ts';
import { encodePress } from './press-data.ts';

/** UTF-16 code units that a phone shows of a button. */
const LONGEST_LABEL = 60;
/** Buttons that a phone can show beside each other. */
const PER_ROW = 4;
/** Channels to choose from: more than that nobody reads. */
export const MOST_CHOICES = 10;

export interface KeyboardOptions {
  /** Whose buttons they are; null: everybody's. */
  readonly owner: number | null;
  /** The server refuses addresses that it takes for wrong, and the message with them. */
  readonly withoutLinks: boolean;
}

/** The choices, one a row, and the buttons; undefined where there are none. */
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

/** A row that is too wide becomes several of much the same width. */
function narrow(row: readonly Button[]): (readonly Button[])[] {
  const count = Math.ceil(row.length / PER_ROW);
  const width = Math.ceil(row.length / count);
  return Array.from({ length: count }, (_, at) => row.slice(at * width, (at + 1) * width));
}

/** None, where it cannot be had: the answer matters more than one of its buttons. */
function render(button: Button, { owner, withoutLinks }: KeyboardOptions): InlineKeyboardButton[] {
  const label = shorten(button.label.trim(), LONGEST_LABEL).toWellFormed();
  if (label === '') return [];
  if ('url' in button) return withoutLinks ? [] : [InlineKeyboard.url(label, button.url)];
  const data = encodePress(button.action, owner);
  if (data === null) return [];
  return [{ ...InlineKeyboard.text(label, data), ...(button.style ? { style: button.style } : {}) }];
}
