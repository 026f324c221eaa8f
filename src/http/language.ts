import type { FastifyRequest } from 'fastify';
import type { Language } from '../domain/actor.ts';

/** The asker's language: of those that we speak the one that Accept-Language likes best, else the fallback. */
export function languageOf(request: FastifyRequest, fallback: Language): Language {
  let best: Language = fallback;
  let bestWeight = 0;
  for (const part of (request.headers['accept-language'] ?? '').toLowerCase().split(',')) {
    // RFC 9110, 12.5.4: the weight is 1 unless told
    const [, tag, weight = 1] = /^\s*(fr|en)\b(?:[^;]*;\s*q=([\d.]+))?/.exec(part) ?? [];
    if (!tag || !(Number(weight) > bestWeight)) continue;
    best = tag === 'fr' ? 'fr' : 'en';
    bestWeight = Number(weight);
  }
  return best;
}
