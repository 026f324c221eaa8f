import { accountMeanings } from './account-meanings.ts';
import type { SettingMessages } from './settings.ts';

export const en: SettingMessages = {
  groups: {
    account: 'The subscriptions',
    server: 'The server',
    bots: 'The bots',
    stream: 'The picture and the room',
    players: 'Televisions and players',
    recordings: 'Recordings',
  },
  meanings: {
    XTREAM_URL:
      'Address of your provider’s panel. Set it together with user name and password; without all three there is the demo.',
    XTREAM_USERNAME: 'User name of the subscription.',
    XTREAM_PASSWORD: 'Password of the subscription.',
    XTREAM_MAX_CONNECTIONS:
      'The most connections to use at once; otherwise as many as the subscription allows.',
    ...accountMeanings({
      url: 'Address of the panel of subscription {number}. Set it together with its user name and password. Its channels join those of your other subscriptions.',
      username: 'User name of subscription {number}.',
      password: 'Password of subscription {number}.',
      maxConnections:
        'The most connections of subscription {number} to use at once; otherwise as many as it allows.',
      listUrl:
        'Address of M3U list {number}, or the path of a file in DATA_DIR, also packed with gzip. Its channels join those of your subscriptions.',
      listMaxConnections:
        'The most connections to use at once for M3U list {number}; otherwise as many as its server turns out to allow.',
    }),
    ACCOUNTS_OFF:
      'Subscriptions and lists to leave out for now, separated by commas: main for XTREAM_URL, x2 for XTREAM_2_URL, m1 for M3U_1_URL and so on. Their settings and channels are kept.',
    ACCOUNTS_ORDER:
      'The order of subscriptions and lists, separated by commas, such as m1,main,x2. Where several have a channel in the same quality, the first of them plays it. Those that are not named follow; otherwise subscriptions come first, by their numbers.',
    XTREAM_USER_AGENT: 'The player name that the provider sees.',
    TLS_ACCEPT:
      'https servers of the provider to accept although their certificate is self-signed or expired: host names (.example.org for all names below it), SHA-256 fingerprints of certificates (/doctor shows the one that was refused), or any. Hosts that are named here, and any, may also use outdated encryption. Otherwise only good certificates are accepted.',
    HIDDEN_CATEGORIES:
      'Categories to leave out of the channel list: their ids, separated by commas. Those of further subscriptions begin with the subscription, such as x2:17.',
    HIDDEN_CHANNELS:
      'Channels to leave out of the channel list: words of their names or of their categories’ names, separated by commas, where * stands for any letters, such as adult, xxx*, 24/7. Case and accents do not matter.',
    ONLY_CHANNELS:
      'Channels to keep in the channel list, in the same form, such as fr, bbc*; all others are left out. Otherwise all channels.',
    HOST: 'Address to listen on: 127.0.0.1 for this machine only; 0.0.0.0 lets other machines connect.',
    PORT: 'Port to listen on.',
    PUBLIC_URL:
      'Address at which others reach this server, such as https://tv.example.org. The bots give links only if it is set, and outside the local network Zapette answers to this name only. Otherwise the address of each request counts.',
    TRUST_PROXY: 'Behind a reverse proxy: true, or the proxy’s addresses, separated by commas.',
    DATA_DIR: 'Folder for keys, the database, the channel list and the guide.',
    ADMIN_TOKEN:
      'The owner’s token, also for scripts: at least 12 characters. Otherwise it is made at the first start and shown once.',
    VIEWER_ACCESS:
      'Who may watch: public (everyone who reaches the server), key (people who have the key, with addresses that end in ?key=…), or login (people who are logged in; players need the key).',
    EMBED_ORIGINS: 'Sites that may show /watch?embed=1 in a frame, separated by commas; otherwise none.',
    SEGMENTS_URL:
      'Addresses of caches on rented servers (edges) from which viewers get the picture, separated by commas. It then leaves this line once for each of them, however many watch.',
    EDGE_SECRET:
      'What signs the addresses that edges may keep, where nginx is to check them by itself: letters, digits, - and _, 16 at least. With it, edges also tell how many viewers they have. Otherwise Zapette makes one and checks by itself.',
    PLAYLIST_CACHE_SECONDS:
      'Seconds for which edges may keep the live playlist, 1 or 2 for thousands of viewers; 0 for not at all.',
    UPLOAD_MBIT:
      'What your line sends (upload), in megabits per second: /doctor then says how many viewers away from home it carries. 0: not known.',
    DEFAULT_LANGUAGE: 'Language for people whose own is unknown: fr or en.',
    LOG_LEVEL: 'The least severe lines to log: fatal, error, warn, info, debug, trace or silent.',
    ACCESS_LOG:
      'Whether each request is logged: off or on. A line has the route, the status, bytes, time and a part of the client’s address, never the whole address that was asked for, which may hold a key.',
    DISCORD_TOKEN: 'The Discord bot’s token; without it the bot is off.',
    DISCORD_GUILD_ID:
      'Id of the one Discord server where the bot works; otherwise every server that it is in.',
    DISCORD_API_URL: 'Address of a proxy for Discord’s API; otherwise Discord’s own.',
    DISCORD_ADMIN_ROLES:
      'Admins on Discord, who may do everything: ids of roles or people, separated by commas. The server’s owner is always an admin.',
    DISCORD_CONTROLLER_ROLES:
      'Controllers on Discord, who may also stop and restart channels: ids of roles or people, separated by commas.',
    DISCORD_VIEWER_ROLES:
      'Viewers on Discord, who may choose channels: ids of roles or people, separated by commas. An admin can also let people in with /admin allow.',
    DISCORD_CLIENT_ID:
      '“Log in with Discord” on the web: id of the application, from its OAuth2 page, where PUBLIC_URL/login/discord must be listed as a redirect. It also needs DISCORD_TOKEN, DISCORD_GUILD_ID and PUBLIC_URL.',
    DISCORD_CLIENT_SECRET:
      '“Log in with Discord” on the web: secret of the application, from its OAuth2 page.',
    TELEGRAM_TOKEN: 'The Telegram bot’s token, from @BotFather; without it the bot is off.',
    TELEGRAM_API_URL: 'Address of your own Bot API server; otherwise Telegram’s.',
    TELEGRAM_WEBHOOK:
      'true: Telegram sends updates to PUBLIC_URL, which must be https; false: the bot asks for them, which works everywhere.',
    TELEGRAM_ADMIN_IDS:
      'Admins on Telegram, who may do everything: ids of people or groups, separated by commas. The id of a group begins with -. The bot tells strangers their id.',
    TELEGRAM_CONTROLLER_IDS:
      'Controllers on Telegram, who may also stop and restart channels: ids of people or groups, separated by commas.',
    TELEGRAM_VIEWER_IDS:
      'Viewers on Telegram, who may choose channels: ids of people or groups, separated by commas.',
    ETIQUETTE:
      'Who may switch: free (every viewer), polite (every viewer, but where others watch a channel that somebody else put on, viewers are asked first and can let the room vote), or controllers (controllers and admins only).',
    REACTIONS:
      'Emojis that float up over everybody’s picture: off, watch (pressed on /watch), or room (also by buttons on the card, which counts them).',
    FFMPEG_PATH: 'Path of FFmpeg; otherwise the one on the PATH, else a bundled one from 2018.',
    AUDIO:
      'Sound: auto (leaves AAC-LC, 48 kHz, stereo unchanged and encodes all else), aac (encodes everything), or copy (leaves AAC of any kind unchanged).',
    AUDIO_LANGUAGES:
      'Preferred languages of channels that have several, best first, such as fr,en; qaa is the original version. Otherwise each channel’s first track.',
    VIDEO_ENCODER: 'Encoder for channels that a browser cannot play as they are, and for the lower quality.',
    LOWER_RENDITION:
      'A second, lower quality of each screen (540p, about 1.8 Mb/s) for slow lines: on (made only while somebody watches it; that takes up to one processor core for each screen) or off.',
    FAILOVER:
      'When another variant of a channel takes its place, and gives it back later: off, gone (when the channel does not come any more), or bad (also when its picture stays black or does not move).',
    IDLE_STOP_MINUTES: 'Minutes without a viewer after which the channel stops; 0 for never.',
    REWIND_MINUTES:
      'Minutes of each screen that people can go back; 0 for none. They take a tenth of the free disk at most: 8 Mb/s are 60 MB a minute.',
    OUTPUT_CHANNELS:
      'The channels that Jellyfin, Kodi and other players are offered besides the shared screen: none, favourites (everybody’s), categories: and names or ids of categories, separated by commas, or all. Each channel that a player opens takes a connection of its own.',
    HDHOMERUN_DISCOVERY:
      'on: Jellyfin, Kodi, VLC and others in the local network find Zapette by themselves, as an HDHomeRun tuner. off: they need the address.',
    XMLTV_URLS:
      'Addresses of further guides (XMLTV, also .gz), the preferred first, separated by commas. They fill the gaps of the provider’s own guide, channel by channel.',
    JELLYFIN_URL:
      'Address of your Jellyfin server, such as http://192.168.1.20:8096: Zapette tells it when the guide has changed, and when there is a new recording. It needs JELLYFIN_API_KEY.',
    JELLYFIN_API_KEY: 'An API key of your Jellyfin server: Dashboard, then API keys.',
    RECORDINGS_DIR:
      'Folder for recordings, where Jellyfin, Plex or Kodi may look for them; otherwise recordings in DATA_DIR.',
    RECORDINGS_NAMES:
      'The place of each recording in that folder, with / between folders: {title}, {subtitle}, {season}, {episode}, {channel}, {date}, {time}, {year}, {month}, {day}. What is in [brackets] is left out where the guide does not say it: {title}/{title}[ - S{season}E{episode}][ - {subtitle}] - {date}. Recordings that are there already stay where they are.',
    RECORDINGS_FORMAT:
      'mkv takes everything that channels send; mp4 plays on more devices. What does not fit into mp4, such as subtitles of DVB, makes the file mkv.',
    RECORDINGS_BEFORE_MINUTES: 'Minutes to record before a programme begins.',
    RECORDINGS_AFTER_MINUTES: 'Minutes to record after a programme ends, since many end late.',
    RECORDINGS_KEEP_DAYS:
      'Days after which recordings are deleted; 0 for never. Protected ones are always kept.',
    RECORDINGS_KEEP_PER_TITLE:
      'Of recordings with the same title, how many of the newest are kept; 0 for all.',
    RECORDINGS_MOST_GB:
      'Gigabytes that recordings may take together: the oldest that are not protected make room; 0 for no limit.',
    RECORDINGS_FREE_GB: 'Gigabytes that stay free on the disk: below, nothing more is recorded.',
    RECORDINGS_PER_PERSON:
      'Recordings that a viewer may have planned or running at once; 0 if only controllers may record. Controllers and admins have no limit.',
  },
  wrong: 'Change these settings:',
  rules: {
    must_be_address: '{name} must be an address that begins with http:// or https://.',
    must_be_addresses:
      '{name} must be addresses that begin with http:// or https://, separated by commas; at most 20.',
    must_be_web_addresses:
      '{name} must be addresses such as https://edge.example.org, separated by commas; at most 50.',
    must_be_edge_secret: '{name} must be at least 16 letters, digits, - and _.',
    must_be_host:
      '{name} must be an address without http:// and without a port: 127.0.0.1 for this machine only, 0.0.0.0 to let other machines connect.',
    must_be_whole_number: '{name} must be a whole number from {min} to {max}.',
    must_be_one_of: '{name} must be one of {values}.',
    must_be_plain_text: '{name} must be plain text without emojis, such as VLC/3.0.21 LibVLC/3.0.21.',
    must_be_one_line: '{name} must be a single line: remove the line breaks.',
    must_be_id:
      '{name} must be one id, of digits only: turn on the developer mode in Discord’s settings, then copy the id.',
    must_be_discord_ids:
      '{name} must be ids of roles or people, of digits only, separated by commas: turn on the developer mode in Discord’s settings, then copy the ids.',
    must_be_telegram_ids:
      '{name} must be ids of people or groups, of digits only, separated by commas: the bot tells people their id.',
    must_be_languages: '{name} must be languages such as fr,en, best first; qaa is the original version.',
    must_be_origins:
      '{name} must be addresses such as https://example.org, without a path, separated by commas.',
    must_be_certificates:
      '{name} must be any, or host names and SHA-256 fingerprints of certificates, separated by commas.',
    must_be_proxies: '{name} must be true, false, loopback, or addresses and networks separated by commas.',
    must_be_long_token: '{name} must have at least 12 characters, without spaces or accents.',
    must_be_accounts:
      '{name} must be subscriptions and lists, separated by commas: main, x2 to x5 and m1 to m5.',
    must_be_list:
      '{name} must be an address that begins with http:// or https://, or the path of a file on this machine.',
    must_be_name_patterns:
      '{name} must be words, separated by commas, each with letters or digits, such as adult, xxx*; at most 200.',
    must_be_recording_names:
      '{name} must be a place such as {example}: with these words in braces ({placeholders}), a closed pair for each brace and bracket, no empty folder, and a word in braces in the file’s name.',
    must_be_output_channels:
      '{name} must be none, favourites, all, or categories: and names or ids of categories, such as categories:News,Sport.',
    account_part_missing: '{name} is missing: set all of {names}, or none of them.',
    accounts_all_off: '{name} leaves no subscription in use: take one of them out.',
    discord_login_part_missing: '{name} is missing: logging in with Discord needs it.',
    webhook_needs_https:
      '{name} needs PUBLIC_URL, an address that begins with https://: set it, or set {name} to false.',
    unknown_setting: 'There is no setting {name}: .env.example lists all settings.',
    misspelt_setting: 'There is no setting {name}: did you mean {nearest}?',
    set_by_environment:
      'The environment or .env decides {name}: change it there and restart, or remove it there to change it here.',
    environment_only: '{name} can be set only in the environment or in .env: change it there and restart.',
    left_out:
      'settings.json has a value for {name} that is not valid: Zapette goes on without it. Enter it again.',
    list_outside:
      '{name} must be a file in DATA_DIR where it is set on this page: copy the list there, or set {name} in the environment or in .env.',
    secret_again: 'Zapette sends {secret} to {name}: enter {secret} again together with the new address.',
    port_in_use: 'Port {port} is in use: is Zapette running already? Otherwise set {name} to another one.',
    port_needs_rights: 'Port {port} needs rights that this user does not have: set {name} to one above 1023.',
    cannot_listen: 'Cannot listen on {host} ({detail}): set {name} to an address of this machine.',
    unreadable_file: 'The file {name} is there but cannot be read: check who owns it.',
  },
};
