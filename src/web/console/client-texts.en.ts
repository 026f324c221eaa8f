import type { ClientKind } from '../../domain/client-kind.ts';

/** The address that a television is given first, and the five things to do with it there. */
export interface ClientSteps {
  readonly kind: string;
  readonly steps: readonly [string, string, string, string, string];
}

export interface ClientTexts {
  readonly title: string;
  readonly hint: string;
  readonly none: string;
  readonly kind: string;
  readonly name: string;
  readonly add: string;
  readonly once: string;
  readonly address: string;
  readonly playlist: string;
  readonly guide: string;
  readonly stream: string;
  readonly server: string;
  readonly user: string;
  readonly password: string;
  readonly qrOf: (name: string) => string;
  readonly added: (when: string) => string;
  readonly plays: (channels: string) => string;
  readonly refused: (channel: string, when: string, reason: string) => string;
  readonly end: string;
  readonly endOf: (name: string) => string;
  readonly endSure: (name: string) => string;
  readonly ended: (name: string) => string;
  readonly kinds: Readonly<Record<ClientKind, ClientSteps>>;
}

export const en: ClientTexts = {
  title: 'Televisions and players',
  hint: 'Each with an address of its own.',
  none: 'Each gets an address of its own.',
  kind: 'What is it?',
  name: 'Where is it?',
  add: 'Add',
  once: 'Set it up now: these addresses are not shown again.',
  address: 'Address of the tuner',
  playlist: 'Address of the channel list (M3U)',
  guide: 'Address of the guide (XMLTV)',
  stream: 'Address of the shared screen',
  server: 'Server address',
  user: 'User name',
  password: 'Password',
  qrOf: (name) => `QR code of the address for ${name}`,
  added: (when) => `added ${when}`,
  plays: (channels) => `plays ${channels}`,
  refused: (channel, when, reason) => `Refused ${channel} ${when}: ${reason}`,
  end: 'Remove',
  endOf: (name) => `Remove ${name}`,
  endSure: (name) => `Remove ${name}? It stops at once, and its addresses end.`,
  ended: (name) => `${name} was removed.`,
  kinds: {
    jellyfin: {
      kind: 'Jellyfin',
      steps: [
        'In Jellyfin open Dashboard, then Live TV.',
        'At Tuner devices press +, and choose HDHomeRun.',
        'Paste the address of the tuner, and save.',
        'At TV guide data providers press +, choose XMLTV, paste the address of the guide, and save.',
        'Press Refresh guide data: the channels are under Live TV.',
      ],
    },
    kodi: {
      kind: 'Kodi',
      steps: [
        'In Kodi open Add-ons, Install from repository, PVR clients, and install PVR IPTV Simple Client.',
        'Open its configuration. Leave the location at Remote path.',
        'Paste the address of the channel list as M3U playlist URL.',
        'The guide comes by itself: the channel list names it.',
        'Confirm, and restart Kodi: the channels are under TV.',
      ],
    },
    plex: {
      kind: 'Plex',
      steps: [
        'In Plex open Settings, then Live TV & DVR (it needs a Plex Pass), and set up a tuner.',
        'Choose to enter the address of the HDHomeRun device by hand, and type the address of the tuner.',
        'Plex takes addresses without a token alone: it gets the shared screen, where everybody may watch.',
        'Choose XMLTV as guide, and paste the address of the guide.',
        'Match the channels, and finish: they are under Live TV.',
      ],
    },
    emby: {
      kind: 'Emby',
      steps: [
        'In Emby open Settings, then Live TV (it needs Emby Premiere).',
        'Add a TV source, and choose HDHomeRun.',
        'Paste the address of the tuner, and save.',
        'Add a guide source, choose XMLTV, and paste the address of the guide.',
        'Refresh the guide: the channels are under Live TV.',
      ],
    },
    tivimate: {
      kind: 'TiviMate, Smarters',
      steps: [
        'Open Settings, Playlists, Add playlist.',
        'Choose Xtream Codes.',
        'Type the server address, the user name and the password.',
        'Choose Live TV alone: there are no films and series.',
        'Confirm: the guide comes by itself.',
      ],
    },
    vlc: {
      kind: 'VLC',
      steps: [
        'In VLC open Media, then Open network stream; on a phone open Browse, then New stream.',
        'Paste the address of the shared screen, or scan the code.',
        'Press Play: the channel changes by itself when somebody switches.',
        'For the other channels open the address of the channel list in the same way.',
        'Choose channels in View, Playlist.',
      ],
    },
    other: {
      kind: 'Something else',
      steps: [
        'Look in its settings for a playlist, M3U or IPTV source.',
        'Paste the address of the channel list.',
        'Paste the address of the guide, if it asks for one (EPG or XMLTV).',
        'If it asks for an Xtream login, choose TiviMate here. If it asks for a tuner, choose Jellyfin.',
        'If it takes a single stream only, give it the address of the shared screen.',
      ],
    },
  },
};
