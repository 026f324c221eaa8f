/** The programs for which the console has instructions; `other` for all else. */
export const clientKinds = ['jellyfin', 'kodi', 'plex', 'emby', 'tivimate', 'vlc', 'other'] as const;
export type ClientKind = (typeof clientKinds)[number];
