import { locale } from '../common/language.ts';
import type { AccountState, AccountTried } from './contract.ts';
import { setupTexts } from './texts.ts';

/** `2 connections, 12,480 channels, until 3 March`. */
export function accountFacts({
  connections,
  channels,
  expires_at: end,
}: Pick<AccountState | AccountTried, 'connections' | 'channels' | 'expires_at'>): string {
  const t = setupTexts.value;
  return [
    ...(connections === null ? [] : [t.connections(connections)]),
    t.channels(channels, channels.toLocaleString(locale.value)),
    ...(end === null ? [] : [t.until(day(end))]),
  ].join(', ');
}

/** A day such as `3 March`, with the year if it is another one. */
function day(iso: string): string {
  const date = new Date(iso);
  const isThisYear = date.getFullYear() === new Date().getFullYear();
  return new Intl.DateTimeFormat(locale.value === 'en' ? 'en-GB' : locale.value, {
    day: 'numeric',
    month: 'long',
    ...(isThisYear ? {} : { year: 'numeric' }),
  }).format(date);
}
