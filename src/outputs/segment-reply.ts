import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';
import { AppError } from '../domain/errors.ts';
import type { SegmentStorage } from '../stream/segments/segment-storage.ts';

/** Told of bytes that are sent. @param isPast whether they come from the disk, as only the past does */
export type CountSegment = (bytes: number, isPast: boolean) => void;

interface SegmentReply {
  readonly headers: OutgoingHttpHeaders;
  readonly count: CountSegment;
}

type Storage = Pick<SegmentStorage, 'inMemory' | 'fromDisk'>;

/** Answers with a segment, with these headers. @param file its name in a playlist. @throws AppError not_found */
export function sendSegment(
  storage: Storage,
  file: string,
  reply: FastifyReply,
  how: SegmentReply,
): FastifyReply | Promise<FastifyReply> {
  const sequence = /^(\d{1,15})\.ts$/.exec(file)?.[1];
  if (sequence === undefined) throw new AppError('not_found');
  // Memory answers at once, without a promise on the way.
  const bytes = storage.inMemory(Number(sequence));
  if (!bytes) return sendFromDisk(storage, Number(sequence), reply, how);
  if (isWhole(reply)) how.count(bytes.length, false);
  return reply.headers(how.headers).send(bytes);
}

/**
 * Sends a segment as it is read, one piece after the other has left. A disk that fails on the way cuts the answer off, so
 * that the player asks again.
 */
async function sendFromDisk(
  storage: Storage,
  sequence: number,
  reply: FastifyReply,
  { headers, count }: SegmentReply,
): Promise<FastifyReply> {
  const { raw } = reply;
  let hasBegun = false;
  try {
    await storage.fromDisk(sequence, async (piece, length) => {
      if (!hasBegun) {
        hasBegun = true;
        reply.hijack();
        raw.writeHead(200, { ...headers, 'content-length': length });
      }
      await written(raw, piece);
      if (isWhole(reply)) count(piece.length, true);
    });
    if (hasBegun) raw.end();
  } catch {
    if (hasBegun) raw.destroy();
  }
  if (!hasBegun) throw new AppError('not_found');
  return reply;
}

/** Whether the answer has a body. */
function isWhole({ request }: FastifyReply): boolean {
  return request.method !== 'HEAD';
}

/** Resolves once the system has taken the piece. @throws if the player is gone */
function written(response: ServerResponse, piece: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const { socket } = response.req;
    const onClose = () => reject(new Error('the player is gone'));
    if (socket.destroyed) return onClose();
    // An answer that waits behind another one on its connection does not hear of the end.
    socket.once('close', onClose);
    response.write(piece, (error) => {
      socket.off('close', onClose);
      if (error) reject(error);
      else resolve();
    });
  });
}
