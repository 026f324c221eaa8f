import { createHash } from 'node:crypto';
import type { PhotoSize } from 'grammy/types';
import { isReachable } from './links.ts';
import { badRequest } from './refusal.ts';
import type { UploadedFile } from './request-body.ts';

const maxPhotoBytes = 10 * 1024 * 1024;
const signatures = ['89504e470d0a1a0a', 'ffd8ff', '47494638', '52494646'];

/**
 * Reads a photo from an upload, a file id or a link that the service would fetch (the fake does not).
 * @throws {Refusal} 400 in the service's words
 */
export function photoFrom(
  value: string | undefined,
  files: ReadonlyMap<string, UploadedFile>,
  known: Set<string>,
  field: string,
): PhotoSize[] {
  const attached = value?.startsWith('attach://') ? value.slice('attach://'.length) : field;
  const file = files.get(attached);
  if (file) {
    checkUpload(file);
    return sizesOf(createHash('sha256').update(file.bytes).digest('base64url'), file.bytes.length, known);
  }
  if (!value || value.startsWith('attach://')) throw badRequest('there is no photo in the request');
  if (known.has(value)) return sizesOf(value, 1, known);
  if (!/^https?:/i.test(value))
    throw badRequest("wrong remote file identifier specified: can't unserialize it");
  if (!isReachable(value)) throw badRequest('failed to get HTTP URL content');
  return sizesOf(createHash('sha256').update(value).digest('base64url'), 1, known);
}

function checkUpload({ bytes }: UploadedFile): void {
  if (bytes.length === 0) throw badRequest('file must be non-empty');
  if (bytes.length > maxPhotoBytes) throw badRequest('file is too big for a photo');
  const start = Buffer.from(bytes.subarray(0, 8)).toString('hex');
  if (!signatures.some((signature) => start.startsWith(signature))) throw badRequest('IMAGE_PROCESS_FAILED');
}

function sizesOf(id: string, size: number, known: Set<string>): PhotoSize[] {
  known.add(id);
  return [{ file_id: id, file_unique_id: id.slice(0, 16), width: 1280, height: 720, file_size: size }];
}
