import type { DoctorPhrases } from './phrases.ts';

const connections = (count: number) => (count === 1 ? '1 connection' : `${count} connections`);
const channels = (count: number) => (count === 1 ? '1 channel' : `${count} channels`);

export const en: DoctorPhrases = {
  healthy: 'All is well.',
  ill: (count) => (count === 1 ? 'One thing needs a look.' : `${count} things need a look.`),
  topics: {
    ffmpeg: 'FFmpeg',
    account: 'Account',
    slots: 'Connections',
    catalogue: 'Channel list',
    publicUrl: 'PUBLIC_URL',
    discord: 'Discord',
    telegram: 'Telegram',
    here: 'My rights here',
    database: 'Database',
    disk: 'Disk',
    clock: 'Clock',
  },
  ffmpegIsOld: (version) => `${version}, the bundled one of 2018: install a current FFmpeg when you can.`,
  demo: 'none, so these are invented channels: set XTREAM_URL, XTREAM_USERNAME and XTREAM_PASSWORD.',
  goodAccount: (count, until) => `good${until ? ` until ${until}` : ''}, ${connections(count)}`,
  expiresSoon: (until) => `expires on ${until}: renew it with your provider.`,
  slots: (used, capacity, holders) => `${used} of ${capacity} in use${holders ? `: ${holders}` : ''}`,
  othersWatch: (count) =>
    `the provider counts ${connections(count)} that are not mine: another device uses the account.`,
  catalogue: (count, hours) =>
    hours === 0 ? `${channels(count)}, up to date` : `${channels(count)}, ${hours} h old`,
  catalogueIsOld: (count, hours) => `${channels(count)}, but ${hours} h old: /admin reload reloads it.`,
  catalogueFailed: 'the last refresh failed: the log says why.',
  publicUrl: {
    unset: 'not set, so I cannot say where to watch: set it to the address under which others reach me.',
    local: 'is only this machine: set it to the address under which others reach me.',
    reached: 'leads here',
    foreign: 'leads to another server: check the address, the proxy and the router’s port.',
    unreachable:
      'cannot be reached from this machine: check the proxy and the router’s port (some routers only refuse it from inside: try a phone without Wi-Fi).',
  },
  bot: (setting) => ({
    off: `off: ${setting} is not set`,
    starting: 'is just starting',
    on: 'on',
    commands_refused: 'on, but the service refused my commands: the old ones stay. The log says why.',
    refused: `the token is refused: check ${setting}, then restart.`,
    not_invited:
      'I am not in the server DISCORD_GUILD_ID, or was invited without the scope applications.commands: invite me with it.',
    conflict: `another program uses the same ${setting}: stop it, or give each a bot of its own.`,
    unreachable: 'the service cannot be reached: I keep trying.',
    broken: 'something in me broke: I keep trying. The log says what.',
  }),
  permissions: { view: 'View Channel', send: 'Send Messages', embed: 'Embed Links' },
  mayAll: (placeId) => `all that I need (this chat’s id is ${placeId})`,
  lacks: (permissions) => `give my role these permissions in this channel: ${permissions}.`,
  free: (size) => `${size} free in DATA_DIR`,
  diskIsFull: (size) => `only ${size} free in DATA_DIR: make room.`,
  database: {
    locked: 'another program holds zapette.db: nothing is lost as long as I run; end that program.',
    full: 'the disk is full: nothing is lost as long as I run; make room.',
    unwritable:
      'zapette.db cannot be written: nothing is lost as long as I run; give DATA_DIR to the user that I run as.',
    damaged: 'zapette.db is damaged and I cannot write it anew yet: check the disk.',
  },
  restored: (from) =>
    from === null
      ? 'zapette.db was damaged and had no backup: everybody was logged out, and rights are those of the settings. The damaged file is kept beside it.'
      : `zapette.db was damaged: restored from the backup of ${from}. Check who may do what.`,
  goodClock: 'right',
  wrongClock: (seconds) => `${seconds} s off, or your message came late: let the system set the clock (NTP).`,
};
