import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { AppError } from '../domain/errors.ts';
import { answerFailure, classifyAnswer } from '../domain/provider-trouble.ts';
import { CookieJar } from '../lib/provider-http/cookie-jar.ts';
import { decompress } from '../lib/provider-http/decompress.ts';
import type { ProviderHttp } from '../lib/provider-http/provider-http.ts';
import { readBeginning } from '../lib/provider-http/read-beginning.ts';
import type { ListAddress } from './list-address.ts';

export interface OpenListOptions {
  readonly http: Pick<ProviderHttp, 'get'>;
  readonly userAgent: string;
  /** Milliseconds until the first byte, and between two bytes. */
  readonly patience: number;
  readonly signal: AbortSignal;
  /** True if the reader itself decompresses a body that is not declared as compressed. */
  readonly isRaw?: boolean;
}

/** The body of a list or of a guide. */
export interface OpenedList {
  readonly body: Readable;
  /** The address after redirects, to which addresses in the list are relative; null for a file. As secret as the list's own. */
  readonly base: string | null;
  /** What broke the connection before the end of the body; null if nothing has. */
  readonly cut: () => unknown;
  /** True if the answer has told its length, so that a connection that breaks early is no regular end. */
  readonly hasLength: boolean;
}

/** Opens a list. @throws AppError list_file_missing, AppError for another status than 2xx, or what ProviderHttp.get throws. */
export async function openList(address: ListAddress, options: OpenListOptions): Promise<OpenedList> {
  if (address.kind === 'http') return openAddress(address.url.href, options);
  const isFile = await stat(address.path).then(
    (found) => found.isFile(),
    () => false,
  );
  if (!isFile) throw new AppError('list_file_missing');
  const body = decompress(createReadStream(address.path, { signal: options.signal }));
  return { body, base: null, cut: () => null, hasLength: false };
}

/** Opens an http(s) address. @throws like openList */
export async function openAddress(
  url: string,
  { http, userAgent, patience, signal, isRaw = false }: OpenListOptions,
): Promise<OpenedList> {
  let broken: unknown = null;
  const { status, headers, body, address } = await http.get(url, {
    headers: { 'user-agent': userAgent, accept: '*/*', 'accept-encoding': 'gzip' },
    timeouts: { firstByte: patience, silence: patience },
    signal,
    cookies: new CookieJar(),
    looksIntoBody: !isRaw,
    onCut: (error) => {
      broken = error;
    },
  });
  if (status < 200 || status > 299)
    throw answerFailure(classifyAnswer(status, headers, await readBeginning(body)));
  const hasLength = headers['content-length'] !== undefined;
  return { body, base: address.href, cut: () => broken, hasLength };
}
