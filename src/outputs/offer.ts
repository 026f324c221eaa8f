import type { FastifyRequest } from 'fastify';
import type { ClientKind } from '../domain/client-kind.ts';
import type { LineUp, LineUpEntry } from './line-up.ts';
import type { BaseUrl, ViewerCheck } from './player-request.ts';
import { screenPaths } from './screen-paths.ts';

/**
 * What the addresses of an output offer. Each output is registered twice: for everybody who may watch, with the screens
 * alone, and below `/t/:token` for a client, with all of the line-up.
 */
export interface Offer {
  readonly checkViewer: ViewerCheck;
  /** The beginning of every address in an answer, with the client's prefix. */
  readonly baseUrl: BaseUrl;
  /** What follows each address in an answer: `?key=…`, or nothing. */
  readonly keyQuery: () => string;
  readonly channels: OfferedEntries;
  /** The program that the client was made for. */
  readonly kindOf?: (request: FastifyRequest) => ClientKind;
}

/** The entries that are offered, as `LineUp` has them. */
export type OfferedEntries = Pick<LineUp, 'entries' | 'byNumber' | 'byShownNumber' | 'settled' | 'changedAt'>;

/** The entry with a number, or null. After a start, when the line-up is still being made, it waits. */
export async function entryWithNumber(
  channels: Pick<OfferedEntries, 'byNumber' | 'settled'>,
  number: number,
): Promise<LineUpEntry | null> {
  const known = channels.byNumber(number);
  if (known) return known;
  await channels.settled();
  return channels.byNumber(number);
}

/** The screens alone, without those for which one must be logged in. */
export function openScreens(lineUp: Pick<LineUp, 'openScreens' | 'changedAt'>): OfferedEntries {
  const byNumber = (number: number) => lineUp.openScreens.find((entry) => entry.number === number) ?? null;
  return {
    entries: () => lineUp.openScreens,
    byNumber,
    byShownNumber: byNumber,
    settled: async () => {},
    get changedAt() {
      return lineUp.changedAt;
    },
  };
}

/** The path of an entry as one continuous MPEG-TS, or of a screen as HLS. */
export function pathOf({ number, target }: LineUpEntry, form: 'ts' | 'hls' = 'ts'): string {
  if (target.kind === 'channel') return `/ch/${number}.ts`;
  return screenPaths(target.screen)[form];
}
