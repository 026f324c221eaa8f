import { channelTitle } from '../catalogue/channel-title.ts';
import type { Language } from '../domain/actor.ts';
import type { ErrorCode, ErrorParams } from '../domain/errors.ts';
import { en } from './errors.en.ts';
import { fr } from './errors.fr.ts';

const texts: Readonly<Record<Language, Readonly<Record<ErrorCode, string>>>> = { en, fr };

/** Parameters that hold a channel's name as the provider writes it. */
const channels: ReadonlySet<string> = new Set(['channel', 'wanted']);

/** What happened and what to do about it, in the asker's language. */
export function sentence(language: Language, code: ErrorCode, params: ErrorParams): string {
  return texts[language][code].replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = String(params[name] ?? '?');
    return channels.has(name) ? channelTitle(value).name : value;
  });
}
