import type { DoctorMessages } from './doctor.ts';

const connections = (count: number) => (count === 1 ? '1 connection' : `${count} connections`);
const channels = (count: number) => (count === 1 ? '1 channel' : `${count} channels`);
const viewersAway = (count: number) =>
  count === 1 ? '1 viewer away from home' : `${count} viewers away from home`;

export const en: DoctorMessages = {
  healthy: 'All is well.',
  ill: (count) => (count === 1 ? 'One thing needs a look.' : `${count} things need a look.`),
  topics: {
    ffmpeg: 'FFmpeg',
    account: 'Account',
    slots: 'Connections',
    catalogue: 'Channel list',
    guides: 'Guide',
    publicUrl: 'Address for others',
    seats: 'Upload',
    edges: 'Edges',
    discovery: 'HDHomeRun',
    jellyfin: 'Jellyfin',
    discord: 'Discord',
    telegram: 'Telegram',
    here: 'My rights here',
    database: 'Database',
    disk: 'Disk',
    recordings: 'Recordings',
    past: 'Rewind',
    clock: 'Clock',
  },
  ffmpegIsOld: (version) => `${version}, the bundled one from 2018: install a current FFmpeg when you can.`,
  demo: 'none, so the channels are invented: enter your subscription on the set-up page, under Channels.',
  acceptCertificate: (fingerprint) => `To accept this certificate alone, set TLS_ACCEPT to ${fingerprint}`,
  accountOff: (id) => `not in use: to use it again, take ${id} out of ACCOUNTS_OFF.`,
  goodAccount: (count, until) =>
    `good${until ? ` until ${until}` : ''}${count === null ? '' : `, ${connections(count)}`}`,
  expiresSoon: (until) => `expires on ${until}: renew it with your provider.`,
  slots: (used, { capacity, origin }, holders) => {
    const inUse = origin === 'assumed' ? `${used} in use` : `${used} of ${capacity} in use`;
    const why = {
      set: '',
      told: '',
      learned: ' (learned: the provider refused one more; it is tried again after a day)',
      assumed: ' (the provider does not say how many it allows)',
    }[origin];
    return `${inUse}${holders ? `: ${holders}` : ''}${why}`;
  },
  othersWatch: (count) =>
    `the provider counts ${connections(count)} that are not mine: another device uses the account.`,
  catalogue: (count, hours) =>
    hours === 0 ? `${channels(count)}, up to date` : `${channels(count)}, ${hours} h old`,
  catalogueIsOld: (count, hours) => `${channels(count)}, but ${hours} h old: reload it with /admin reload.`,
  catalogueFailed: 'the last refresh failed: the log says why.',
  guides: (count) => (count === 1 ? '1 further guide, read' : `${count} further guides, all read`),
  guideFails: (place, why) => `address ${place} of XMLTV_URLS ${why}`,
  guideTroubles: {
    unreachable: 'does not answer: check that it is written right. I keep trying.',
    certificate:
      'has a certificate that I do not accept: use another address, or name its host in TLS_ACCEPT.',
    no_https: 'does not speak https: write http:// instead.',
    redirects: 'leads in circles: ask its provider for the right address.',
    refused: 'is refused: check the key in it.',
    missing: 'has no file: ask its provider for the right address.',
    status: 'answers with an error: I try again.',
    not_xmltv: 'is no XMLTV, or is cut off: open it in a browser to see what it is.',
    no_channel: 'has none of the channels that it had before: the former file stays.',
    broken: 'could not be read: the log says why.',
  },
  accountGuideFails: (name, why) => `the provider’s guide${name === null ? '' : ` (${name})`} ${why}`,
  accountGuideTroubles: {
    unreachable: 'does not arrive: I keep trying.',
    certificate: 'is at an address whose certificate I do not accept: name its host in TLS_ACCEPT.',
    no_https: 'is at an address that does not speak https: ask your provider for the right one.',
    redirects: 'leads in circles: ask your provider for the right address.',
    refused: 'is refused: ask your provider why. I try again.',
    missing: 'does not exist: set XMLTV_URLS to another guide.',
    status: 'arrives as an error: I try again.',
    not_xmltv: 'is empty, cut off or no XMLTV: I try again. XMLTV_URLS takes another guide.',
    no_channel: 'has none of the channels that it had before: the former one stays.',
    broken: 'could not be read: the log says why.',
  },
  publicUrl: {
    unset:
      'not set, so I cannot say where to watch, and answer only to IP addresses and names of the local network: enter it on the set-up page, under Who may watch.',
    local: 'works on this machine only: enter one that others reach on the set-up page, under Who may watch.',
    reached: 'leads here',
    renamed: 'is refused, since the proxy changes the Host header: let it pass on Host as it is.',
    foreign: 'leads to another server: check the address, the proxy and the router’s port.',
    unreachable:
      'cannot be reached from this machine: check the proxy and the router’s port (some routers refuse it from inside only: try a phone without Wi-Fi).',
  },
  seats: (count, taken, rate) =>
    `enough for ${viewersAway(count)} at ${rate} Mb/s; ${taken} ${taken === 1 ? 'watches' : 'watch'} now`,
  seatsFull: (count, taken, rate) =>
    `enough for ${viewersAway(count)} at ${rate} Mb/s, but ${taken} ${taken === 1 ? 'watches' : 'watch'}: their pictures stutter. Put a cache in front (SEGMENTS_URL; docs/scale.md), or choose a variant of the channel with a lower bitrate.`,
  edges: (count) => (count === 1 ? 'one, which works' : `${count}, which all work`),
  edgesLost: (urls) =>
    `${urls} does not answer, or does not reach me. Viewers get the picture from another edge, or from here: see that it runs, and that its ORIGIN_HOST and EDGE_SECRET are right (deploy/edge/README.md).`,
  discovery: {
    on: 'players of the local network find me by themselves.',
    key_needed:
      'players do not find me by themselves, since watching needs a key or a log-in here: add them on the console, under Televisions and players.',
    only_here:
      'other machines do not find me, since I listen on this one alone: set HOST to 0.0.0.0 on the set-up page.',
    port_taken:
      'players do not find me by themselves, since another program uses UDP port 65001: end it. I try again every minute.',
    failed: 'players do not find me by themselves: the log says why. I try again every minute.',
  },
  jellyfin: {
    works: 'reads the guide anew after a switch, while somebody watches by it.',
    unreachable: 'cannot be reached from this machine: check JELLYFIN_URL, and whether Jellyfin runs.',
    refused:
      'refuses the key: make a new one in Jellyfin (Dashboard, API keys), and set JELLYFIN_API_KEY to it.',
    no_rights:
      'knows the key, which is not an administrator’s: make one in Jellyfin (Dashboard, API keys), and set JELLYFIN_API_KEY to it.',
    foreign:
      'does not answer at JELLYFIN_URL, something else does: check the address, the port, and http or https.',
    no_guide:
      'does not have my guide yet: in Jellyfin, open Dashboard, Live TV, TV Guide Data Providers, add XMLTV, and give it my address with /epg.xml at the end.',
  },
  bot: {
    off: 'off: it has no token. You can enter one on the set-up page.',
    starting: 'starting',
    on: 'on',
    commands_refused: 'on, but the service refused my commands: the old ones stay. The log says why.',
    refused: 'the token is refused: enter a new one on the set-up page.',
    not_invited:
      'I am not in the chosen server, or was invited without the scope applications.commands: invite me on the set-up page.',
    conflict: 'another program uses the same token: stop it, or give each a bot of its own.',
    unreachable: 'the service cannot be reached: I keep trying.',
    broken: 'an error stopped me: I keep trying. The log says which.',
  },
  permissions: { view: 'View Channel', send: 'Send Messages', embed: 'Embed Links' },
  mayAll: (placeId) => `all I need (this chat’s id is ${placeId})`,
  lacks: (permissions) => `give my role these permissions in this channel: ${permissions}.`,
  free: (size) => `${size} free in DATA_DIR`,
  diskIsFull: (size) => `only ${size} free in DATA_DIR: free some space.`,
  recordingsFull: (free, least) =>
    `nothing is recorded, since only ${free} are free and RECORDINGS_FREE_GB keeps ${least}: free some space, delete recordings, or set RECORDINGS_MOST_GB, so that the oldest make room.`,
  recordings: (count) =>
    count === 0 ? 'none in the last 7 days' : `${count} in the last 7 days, all complete`,
  recordingsFail: ({ complete, incomplete, failed }, why) =>
    `in the last 7 days ${complete} complete, ${incomplete} incomplete, ${failed} failed.${why === '' ? '' : ` Mostly: ${why}`}`,
  past: (minutes, wanted) => (wanted === null ? `${minutes} min` : `${minutes} of ${wanted} min`),
  pastTroubles: {
    disk_full: 'the disk of DATA_DIR is full: free some space.',
    disk_slow: 'the disk of DATA_DIR is too slow: move DATA_DIR to a faster one.',
    disk_unwritable: 'DATA_DIR/cache/rewind cannot be written: check who may write there.',
    disk_share: 'it may take a tenth of the free space: free some space, or lower REWIND_MINUTES.',
  },
  database: {
    locked: 'another program holds zapette.db: nothing is lost while I run; end that program.',
    full: 'the disk is full: nothing is lost while I run; free some space.',
    unwritable:
      'zapette.db cannot be written: nothing is lost while I run; give DATA_DIR to the user that I run as.',
    damaged: 'zapette.db is damaged and I cannot rewrite it yet: check the disk.',
  },
  restored: (from) =>
    from === null
      ? 'zapette.db was damaged and had no backup: everybody was logged out, and only the settings give rights. The damaged file is kept beside it.'
      : `zapette.db was damaged: restored from the backup of ${from}. Check who may do what.`,
  goodClock: 'right',
  wrongClock: (seconds) =>
    `${seconds} s off, or your message arrived late: let the system set the clock (NTP).`,
};
