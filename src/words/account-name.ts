import type { Language } from '../domain/actor.ts';
import type { AccountId } from '../domain/ids.ts';
import { messagesIn } from './messages-in.ts';

/** What people call an account: "subscription 2", "list 1". */
export function accountName(account: AccountId, reader: Language): string {
  const { subscription, list, demo } = messagesIn(reader).accounts;
  const [, kind, number = '1'] = /^([xm])(\d)$/.exec(account) ?? [];
  if (kind === 'm') return list(Number(number));
  return kind === 'x' || account === 'main' ? subscription(Number(number)) : demo;
}
