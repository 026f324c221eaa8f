import type { Language } from '../domain/actor.ts';
import type { ErrorCode, ErrorParams } from '../domain/errors.ts';
import { en } from './errors.en.ts';
import { fr } from './errors.fr.ts';
import { fillIn } from './fill-in.ts';

const sentences: Readonly<Record<Language, Readonly<Record<ErrorCode, string>>>> = { en, fr };

/** The sentence of an error: what happened and what to do. */
export function sentence(language: Language, code: ErrorCode, params: ErrorParams): string {
  return fillIn(sentences[language][code], params);
}
