import type { IncomingMessage } from 'node:http';
import { badRequest, Refusal } from './refusal.ts';

/** A call's unchecked parameters, and the files of a multipart body. */
export interface RequestBody {
  readonly params: Readonly<Record<string, unknown>>;
  readonly files: ReadonlyMap<string, UploadedFile>;
}

export interface UploadedFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** The service takes files of 50 MB from bots. */
const maxBytes = 50 * 1024 * 1024;

/** Parameters that the service takes as JSON text in bodies that cannot hold objects. */
const jsonParameters = new Set([
  'allowed_updates',
  'button',
  'caption_entities',
  'commands',
  'entities',
  'ephemeral_message_parameters',
  'link_preview_options',
  'media',
  'menu_button',
  'reply_markup',
  'reply_parameters',
  'results',
  'rich_message',
  'scope',
  'suggested_post_parameters',
]);

/** Reads JSON, urlencoded and multipart bodies, and the query string, as the Bot API does. */
export async function readBody(request: IncomingMessage, url: URL): Promise<RequestBody> {
  const type = request.headers['content-type'] ?? '';
  const bytes = await readAll(request);
  const params: Record<string, unknown> = Object.fromEntries(url.searchParams);
  const files = new Map<string, UploadedFile>();
  if (bytes.length > 0 && type.startsWith('application/json')) Object.assign(params, parseObject(bytes));
  else if (type.startsWith('application/x-www-form-urlencoded'))
    Object.assign(params, Object.fromEntries(new URLSearchParams(bytes.toString())));
  else if (type.startsWith('multipart/form-data')) await readForm(bytes, type, params, files);
  else if (bytes.length > 0) throw badRequest(`unsupported content type "${type}"`);
  return { params: decode(params), files };
}

async function readForm(
  bytes: Buffer<ArrayBuffer>,
  type: string,
  params: Record<string, unknown>,
  files: Map<string, UploadedFile>,
): Promise<void> {
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData().catch(() => null);
  if (!form) throw badRequest('multipart body cannot be read');
  for (const [key, value] of form) {
    if (typeof value === 'string') params[key] = value;
    else files.set(key, { name: value.name, type: value.type, bytes: await value.bytes() });
  }
}

/** Drops null parameters, and parses JSON in strings. */
function decode(params: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const decoded: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(params)) {
    if (value === null || value === undefined) continue;
    decoded[key] = jsonParameters.has(key) && typeof value === 'string' ? parseText(key, value) : value;
  }
  return decoded;
}

function parseText(key: string, text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest(`can't parse ${key.replaceAll('_', ' ')} JSON object`);
  }
}

function parseObject(bytes: Buffer): object {
  let body: unknown;
  try {
    body = JSON.parse(bytes.toString());
  } catch {
    throw badRequest("can't parse JSON in the request body");
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw badRequest('the request body must be a JSON object');
  return body;
}

async function readAll(request: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > maxBytes) throw new Refusal(413, 'Request Entity Too Large', 'bot');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
