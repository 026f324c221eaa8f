import type { FastifyRequest } from 'fastify';
import type { Language } from '../commands/sentence.ts';

/** The asker's language, of those that we speak: the first of Accept-Language that is one, else the fallback. */
export function languageOf(request: FastifyRequest, fallback: Language): Language {
  for (const part of (request.headers['accept-language'] ?? '').split(',')) {
    const tag = part.trim().slice(0, 2).toLowerCase();
    if (tag === 'fr' || tag === 'en') return tag;
  }
  return fallback;
}
