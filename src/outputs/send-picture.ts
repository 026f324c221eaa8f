import type { FastifyReply } from 'fastify';
import type { Logo } from '../catalogue/logos.ts';

/** Sends a provider's picture from our own address. */
export function sendPicture(reply: FastifyReply, { contentType, bytes }: Logo): FastifyReply {
  return reply
    .headers({
      'content-type': contentType,
      'cache-control': 'public, max-age=86400',
      'x-content-type-options': 'nosniff',
      // An SVG opened by itself would run as a page of ours, so everything is forbidden in it.
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    })
    .send(bytes);
}
