import type { FastifyRequest } from 'fastify';

/** What tells one version of an answer from another. */
export interface AnswerVersion {
  /** With its quotation marks. */
  readonly etag: string;
  /** Epoch milliseconds. */
  readonly changedAt: number;
}

/** The headers that tell an answer's version. */
export function versionHeaders({ etag, changedAt }: AnswerVersion) {
  return { etag, 'last-modified': new Date(changedAt).toUTCString() };
}

/** Whether the asker has this version already (RFC 9110, 13.1): an ETag outweighs a date. */
export function isNotModified(request: FastifyRequest, { etag, changedAt }: AnswerVersion): boolean {
  const { 'if-none-match': tags, 'if-modified-since': since } = request.headers;
  if (tags !== undefined) return tags.trim() === '*' || tags.split(',').some((tag) => isSameTag(tag, etag));
  // Dates have no milliseconds.
  return since !== undefined && Date.parse(since) >= Math.floor(changedAt / 1000) * 1000;
}

function isSameTag(tag: string, etag: string): boolean {
  return tag.trim().replace(/^W\//, '') === etag;
}
