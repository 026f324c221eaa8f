import type { IncomingMessage } from 'node:http';
import { refusal } from './api-error.ts';

/** Bytes of a file where neither the server nor the person has paid for more. */
export const defaultFileLimit = 10 * 1024 * 1024;

/** A file of a multipart body; `key` is the n of its field `files[n]`. */
export interface UploadedFile {
  readonly key: string;
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

export interface RequestBody {
  /** The JSON of the body; undefined without one. */
  readonly json: unknown;
  readonly files: readonly UploadedFile[];
}

/** More than any server or person may send. */
const mostBytes = 512 * 1024 * 1024;

/** Reads a body as JSON or as multipart with `payload_json`; anything else is 50109. */
export async function readBody(request: IncomingMessage): Promise<RequestBody> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > mostBytes) throw refusal(40005);
    chunks.push(chunk);
  }
  if (size === 0) return { json: undefined, files: [] };
  const bytes = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('multipart/form-data')) return readForm(bytes, type);
  if (!type.startsWith('application/json')) throw refusal(50109);
  return { json: parse(bytes.toString('utf8')), files: [] };
}

async function readForm(bytes: Buffer, type: string): Promise<RequestBody> {
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData();
  const files: UploadedFile[] = [];
  let json: unknown = {};
  for (const [field, value] of form) {
    if (typeof value === 'string') {
      if (field === 'payload_json') json = parse(value);
      continue;
    }
    const key = /^files\[(\d+)\]$/.exec(field)?.[1];
    if (key === undefined) throw refusal(50109);
    files.push({ key, name: value.name, type: value.type, bytes: new Uint8Array(await value.arrayBuffer()) });
  }
  return { json, files };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refusal(50109);
  }
}

/** @throws 40005 for a file of more than so many bytes */
export function checkFiles(files: readonly UploadedFile[], limit: number): void {
  if (files.some(({ bytes }) => bytes.byteLength > limit)) throw refusal(40005);
}
