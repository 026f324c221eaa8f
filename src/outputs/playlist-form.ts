import type { FastifyRequest } from 'fastify';
import type { ClientKind } from '../domain/client-kind.ts';

/** How a playlist names what can be watched. */
export interface PlaylistForm {
  /** Screens as one continuous MPEG-TS or as HLS; channels are always MPEG-TS. */
  readonly screens: 'ts' | 'hls';
  /** What follows the address of a screen. */
  readonly options: string;
}

/** By names that tell them apart. */
export const playlistForms = {
  ts: { screens: 'ts', options: '' },
  hls: { screens: 'hls', options: '' },
  // Kodi takes what follows a bar for options. Without these it stops as soon as a connection ends; with them it tries again
  // for a minute, and plays on after a restart of this server.
  kodi: {
    screens: 'ts',
    options: '|reconnect=1&reconnect_at_eof=1&reconnect_streamed=1&reconnect_delay_max=60',
  },
} as const satisfies Record<string, PlaylistForm>;

export type PlaylistFormName = keyof typeof playlistForms;

/** Kodi, and what is built from it: Debian's says `KodifromDebian/20.1 (…) Kodi_Fork_Kodi from Debian/1.0`. */
const KODI = /^Kodi|\bKodi_Fork_/;
/** Servers that open one continuous stream for all their viewers, and HLS slowly. */
const SERVER = /\b(?:Jellyfin|Emby|Plex)/i;
const servers: readonly (ClientKind | null)[] = ['jellyfin', 'emby', 'plex'];

/**
 * The form that suits who asks: HLS, which plays on over a restart, but for those that have a better way.
 * @param output as it was asked for: `m3u8` and `hls` are HLS, all else is MPEG-TS. @param kind the program that the address is for
 */
export function playlistFormFor(
  { headers }: Pick<FastifyRequest, 'headers'>,
  output: string | string[] | undefined,
  kind: ClientKind | null,
): PlaylistFormName {
  const agent = headers['user-agent'] ?? '';
  if (/^(m3u8|hls)$/i.test(String(output))) return 'hls';
  if (KODI.test(agent)) return 'kodi';
  return output !== undefined || SERVER.test(agent) || servers.includes(kind) ? 'ts' : 'hls';
}
