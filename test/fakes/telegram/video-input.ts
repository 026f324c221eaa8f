import { createHash } from 'node:crypto';
import type { Video } from 'grammy/types';
import { badRequest } from './refusal.ts';
import type { UploadedFile } from './request-body.ts';

/**
 * Reads a video from an upload, or a file id of a video that was uploaded before.
 * @param known every video so far by its file id. @throws {Refusal} 400 in the service's words
 */
export function videoFrom(
  value: string | undefined,
  files: ReadonlyMap<string, UploadedFile>,
  known: Map<string, UploadedFile>,
): Video {
  const attached = value?.startsWith('attach://') ? value.slice('attach://'.length) : 'video';
  const file = files.get(attached);
  if (file) {
    if (file.bytes.length === 0) throw badRequest('file must be non-empty');
    const id = createHash('sha256').update(file.bytes).digest('base64url');
    known.set(id, file);
    return videoOf(id, file);
  }
  if (!value || value.startsWith('attach://')) throw badRequest('there is no video in the request');
  const again = known.get(value);
  if (!again) throw badRequest("wrong remote file identifier specified: can't unserialize it");
  return videoOf(value, again);
}

/** The service reads size and length from the file, which the fake does not. */
function videoOf(id: string, { name, type, bytes }: UploadedFile): Video {
  return {
    ...{ file_id: id, file_unique_id: id.slice(0, 16), width: 1280, height: 720, duration: 30 },
    ...{ file_name: name, mime_type: type, file_size: bytes.length },
  };
}
