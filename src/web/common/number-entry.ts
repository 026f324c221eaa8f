import { signal } from '@preact/signals';
import { ApiError, api } from './api.ts';
import type { ChannelGroup } from './contract/channels.ts';
import { hasModifier, isDigit, takesText } from './keys.ts';

/** Milliseconds after the last digit at which the number is complete, as on televisions. */
const TAKEN_AFTER_MS = 1_500;
const MOST_DIGITS = 5;
/** Milliseconds for which the channel's name is shown. */
const SHOWN_MS = 2_500;
/** Results to look through: names may contain the number too, but the channel with that number comes first. */
const LOOKED_AT = 5;

/** The number being typed, and the channel found for it. */
export interface NumberShown {
  readonly digits: string;
  /** Null until the number is complete · missing: no channel has it. */
  readonly channel: ChannelGroup | 'missing' | null;
}

/** The number to display; null if there is none. */
export const numberShown = signal<NumberShown | null>(null);

let timer: ReturnType<typeof setTimeout> | undefined;

/** Lets digit keys choose a channel by its number in the list. @param choose puts the channel on air. */
export function followDigits(mayChoose: () => boolean, choose: (channel: ChannelGroup) => void): void {
  const take = async () => {
    clearTimeout(timer);
    const digits = numberShown.value?.digits;
    if (digits === undefined) return;
    const channel = await find(Number(digits));
    // another digit was typed meanwhile
    if (numberShown.value?.digits !== digits) return;
    numberShown.value = { digits, channel: channel ?? 'missing' };
    timer = setTimeout(forget, SHOWN_MS);
    if (channel) choose(channel);
  };
  document.addEventListener(
    'keydown',
    (event) => {
      if (hasModifier(event) || !mayChoose()) return;
      const entry = numberShown.value;
      const isTyping = entry !== null && entry.channel === null;
      if (isDigit(event.key) && !takesText(document.activeElement)) {
        const before = isTyping ? entry.digits : '';
        if (before.length < MOST_DIGITS) numberShown.value = { digits: before + event.key, channel: null };
        clearTimeout(timer);
        timer = setTimeout(() => void take(), TAKEN_AFTER_MS);
      } else if (isTyping && event.key === 'Enter') void take();
      else if (isTyping && event.key === 'Backspace') removeLast(entry.digits);
      else if (isTyping && event.key === 'Escape') forget();
      else return;
      event.preventDefault();
      event.stopPropagation();
    },
    { capture: true },
  );
}

function removeLast(digits: string): void {
  if (digits.length === 1) forget();
  else numberShown.value = { digits: digits.slice(0, -1), channel: null };
}

function forget(): void {
  clearTimeout(timer);
  numberShown.value = null;
}

/** The channel with this number in the list; null if there is none or the server does not answer. */
async function find(number: number): Promise<ChannelGroup | null> {
  try {
    const query = { q: String(number), category: null, page: 1, page_size: LOOKED_AT };
    const { items } = await api.groups(query);
    return items.find((group) => group.number === number) ?? null;
  } catch (error) {
    if (error instanceof ApiError) return null;
    throw error;
  }
}
