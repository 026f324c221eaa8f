import { AppError } from '../../domain/errors.ts';
import { answerFailure, classifyAnswer, verdictOn } from '../../domain/provider-trouble.ts';
import { networkError } from '../../lib/provider-http/network-error.ts';
import type { ProviderHttp } from '../../lib/provider-http/provider-http.ts';
import { readBeginning } from '../../lib/provider-http/read-beginning.ts';
import type { ReadGuide } from './guide-source.ts';
import type { FileVersion } from './guide-writer.ts';

export interface XmltvAddress {
  /** A secret: it may hold a key. */
  readonly url: string;
  /** Makes the connections of one reading. */
  readonly connect: () => Pick<ProviderHttp, 'get' | 'close'>;
}

const WHOLE = 30 * 60_000;
const FIRST_BYTE = 120_000;
const SILENCE = 60_000;

/**
 * Streams the XMLTV at an address to `read`, unless it is still the known version.
 * @throws AppError whose cause contains no address, or the signal's reason
 */
export async function fetchXmltv<T>(
  { url, connect }: XmltvAddress,
  read: ReadGuide<T>,
  known: FileVersion | null,
  signal: AbortSignal,
): Promise<T | 'unchanged'> {
  const http = connect();
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(WHOLE)]);
  try {
    const { status, headers, body } = await http.get(url, {
      headers: {
        ...{ 'user-agent': 'Zapette', accept: 'application/xml, */*', 'accept-encoding': 'gzip' },
        ...(known?.etag ? { 'if-none-match': known.etag } : {}),
        ...(known?.modified ? { 'if-modified-since': known.modified } : {}),
      },
      timeouts: { firstByte: FIRST_BYTE, silence: SILENCE },
      signal: bounded,
    });
    if (status === 304 && known) {
      body.destroy();
      return 'unchanged';
    }
    if (status < 200 || status > 299) {
      throw answerFailure(classifyAnswer(status, headers, await readBeginning(body)));
    }
    const version = { etag: headers.etag ?? null, modified: headers['last-modified'] ?? null };
    return await read(body, bounded, version);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof AppError) throw error;
    const { cause, ...seen } = networkError(error);
    throw verdictOn(seen, 'api', cause).error;
  } finally {
    http.close();
  }
}
