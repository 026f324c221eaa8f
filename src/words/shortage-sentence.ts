import type { Language } from '../domain/actor.ts';
import type { RecordingShortage } from '../domain/recording-shortage.ts';
import { messagesIn } from './messages-in.ts';

/** Why a recording may get no connection, and what to do. */
export function shortageSentence(language: Language, shortage: RecordingShortage): string {
  const { shortNow, shortThen, single } = messagesIn(language).recorded;
  switch (shortage.kind) {
    case 'now':
      return shortNow(shortage.holders.join(', '), shortage.capacity);
    case 'then':
      return shortThen(shortage.holders.join(', '), shortage.capacity);
    case 'single':
      return single;
  }
}
