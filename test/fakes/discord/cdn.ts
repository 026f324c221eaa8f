import type { IncomingMessage, ServerResponse } from 'node:http';
import { avatarHash } from './wire.ts';
import type { World } from './world.ts';

const sizes = [16, 32, 64, 128, 256, 512, 1024, 2048, 4096];

/** Answers requests for the bot's picture as cdn.discordapp.com does. @returns false for any other request */
export function servePicture(world: World, request: IncomingMessage, response: ServerResponse): boolean {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  if (!url.pathname.startsWith('/avatars/')) return false;
  // Pictures are public: the token is no business of their server.
  if (request.headers.authorization !== undefined)
    world.violations.note('refused', 'GET of a picture with the token');
  const size = url.searchParams.get('size');
  const { avatar } = world.application;
  const isKnown = url.pathname === `/avatars/${world.applicationId}/${avatarHash}.png`;
  if (!isKnown || !avatar || (size !== null && !sizes.includes(Number(size)))) {
    world.violations.note('unknown-route', `GET ${url.pathname}${url.search}`);
    response.writeHead(404, { 'content-type': 'text/plain' }).end();
  } else response.writeHead(200, { 'content-type': 'image/png' }).end(avatar);
  return true;
}
