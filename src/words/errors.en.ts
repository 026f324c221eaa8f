import type { ErrorCode } from '../domain/errors.ts';

/** Each error as a sentence for people: what happened, and what to do. `{name}` is filled in from the error's parameters. */
export const en: Readonly<Record<ErrorCode, string>> = {
  bad_request: 'The request is not valid: {detail}.',
  settings_wrong: 'Nothing was changed. Correct these settings first: {names}.',
  unauthorised: 'You are not logged in: log in first. Programs send a token as "Authorization: Bearer …".',
  log_in_to_watch: 'Only invited people may watch: log in, or ask the owner for an invitation.',
  login_link_spent: 'This link works once: it has been used, or it has expired.',
  discord_login_failed: 'Logging in with Discord failed: try again.',
  discord_login_off: 'Logging in with Discord is not set up here: ask the owner for a link.',
  discord_unreachable: 'Discord does not answer: try again in a moment, or write /login to the bot.',
  discord_token_missing:
    'The token is missing: in Discord’s Developer Portal, open the page Bot, press Reset Token, then Copy.',
  discord_token_hidden:
    'These dots only stand for the token: in Discord’s Developer Portal, open the page Bot, press Reset Token, then Copy.',
  discord_token_address:
    'This is an address, not the bot’s token: in Discord’s Developer Portal, open the page Bot, press Reset Token, then Copy.',
  discord_token_id:
    'This is an id, not the bot’s token: in Discord’s Developer Portal, open the page Bot, press Reset Token, then Copy.',
  discord_token_public_key:
    'This is the application’s public key, not the bot’s token: in Discord’s Developer Portal, open the page Bot, press Reset Token, then Copy.',
  discord_token_client_secret:
    'This is the client secret of the page OAuth2, not the bot’s token: in Discord’s Developer Portal, open the page Bot, press Reset Token, then Copy.',
  discord_token_telegram:
    'This is a Telegram token, not that of the Discord bot: in Discord’s Developer Portal, open the page Bot, press Reset Token, then Copy.',
  discord_token_personal:
    'This is the token of a personal account, which gives full access to it: change its password now. For the bot, in Discord’s Developer Portal, open the page Bot, press Reset Token, then Copy.',
  discord_token_cut:
    'A part of the token is missing: in Discord’s Developer Portal, open the page Bot, press Reset Token, then Copy.',
  discord_token_odd:
    'This is not a token, which has only letters, digits, dots, hyphens and underscores: in Discord’s Developer Portal, open the page Bot, press Reset Token, then Copy.',
  discord_token_refused:
    'Discord does not accept this token, which may have been reset or be incomplete: in Discord’s Developer Portal, open the page Bot, press Reset Token, then Copy.',
  discord_busy: 'Discord wants fewer requests: try again in {seconds} s.',
  discord_not_reached:
    'Discord cannot be reached from this machine: check its internet connection, and DISCORD_API_URL if it is set.',
  discord_server_unknown: 'The bot is not in this server: invite it there first, or choose another server.',
  discord_role_unknown: 'The id {id} belongs to no role of this server: reload the page, then choose again.',
  unknown_host:
    'Zapette does not answer at this address. If this is your server, open it by its IP address, and enter this address on its set-up page (/setup), under Who may watch.',
  other_site: 'Another website sent this, and may not act for you: open Zapette itself.',
  viewer_key_needed:
    'This address needs the key: ask the owner for the full address, which ends in "?key=…", or log in.',
  device_address_needed:
    'Televisions and players need an address of their own here: add yours on the console, under Televisions and players.',
  watch_page_only:
    'This address works only inside the watch page: open /watch, or use /live.m3u8 in a player.',
  not_found: 'There is nothing at this address.',
  link_invalid: 'This private link is not valid, or has ended: ask for a new one.',
  client_unknown: 'This address has ended: make a new one in the console, under Televisions and players.',
  clients_full: 'There are {most} televisions and players already: end those that are not used any more.',
  link_in_use: 'This link is already playing on {players} devices: stop one, or ask for another link.',
  channel_not_found: 'No channel has the number {channelId}: look for it in the channel list.',
  channel_gone: 'This channel is no longer in the list: /search finds the ones that are.',
  not_allowed: 'You may not do that here: ask an admin for more rights.',
  not_let_in: 'You may not do that here: ask the owner to let you in (your id is {id}).',
  roles_unknown: 'Discord is not telling me your roles right now: try again in a moment.',
  controllers_sound: 'Only controllers may choose the sound.',
  controllers_restart: 'Only controllers may restart the channel.',
  admins_only: 'Only admins may do that.',
  controllers_only: 'You may not choose channels here: ask one of the controllers.',
  stop_not_yours: 'You may not stop a channel that somebody else put on: ask them, or a controller.',
  screen_unknown: 'There is no screen “{screen}”. There is: {screens}.',
  screen_closed: 'Your role may not change what is on {screen}: ask somebody who may, or use another screen.',
  screen_closed_to_you: 'The screen {screen} is not for everybody: log in with a role that may watch it.',
  screen_exists: 'There is a screen called {screen} already: choose another name.',
  screen_name: 'A screen needs a name of 1 to {most} characters, with a letter or a digit.',
  screen_id:
    'The id “{screen}” cannot be used: a screen’s id has up to 24 small letters, digits and hyphens, such as sport.',
  screen_stays: 'The screen {screen} is the first one and stays: rename it instead.',
  screens_full: 'There are {most} screens already: remove one first.',
  controllers_record: 'Only controllers may record.',
  recordings_quota:
    'You have as many recordings planned or running as you may ({most}): delete one with /recordings or in the console.',
  rules_quota: 'You have as many series as you may ({most}): end one with /recordings or in the console.',
  not_your_recording: 'That is somebody else’s: only they and controllers may change it.',
  controllers_screens: 'Only controllers choose the screen of a room, and admins add and remove screens.',
  others_watching:
    'Others are watching {channel} (viewers: {viewers}): to switch to {wanted} anyway, send the request again with "confirm": true.',
  interrupts_recording:
    'This would interrupt the recording of “{title}”: to switch to {wanted} anyway, send the request again with "confirm": true.',
  reactions_off: 'Reactions are off here: an admin can turn them on with REACTIONS on the set-up page.',
  reacts_too_fast: 'Slow down: at most {most} reactions every {seconds} seconds.',
  vote_over: 'This vote is over: ask for the channel again with /play.',
  nobody_let_in_discord:
    'Only the owner of this server may use me so far. They can let others in with /admin allow, or by roles on the set-up page, under Discord (your id is {id}).',
  nobody_let_in_telegram:
    'Nobody may use me yet. If I am your bot, open the set-up page in your browser and become the admin under Telegram (your id is {id}).',
  unknown_command: 'This command does not exist, or no longer does: /help lists what I can do.',
  no_match: 'No channel matches “{query}”: try a shorter part of the name.',
  unknown_choice: 'Unknown choice “{choice}”: choose one of {choices}.',
  one_audio: 'There is nothing to choose: this channel has a single audio track.',
  audio_not_there: 'This audio track is not available right now: /audio shows the ones that are.',
  nothing_on: 'Nothing is on air: type /play and a channel’s name.',
  no_favourite: 'No favourite matches “{query}”: /fav list shows yours.',
  follows_full: 'This chat follows {most} events, the most I can keep: stop one first with /follow.',
  number_taken:
    'Number {number} is that of {name} already: choose another one, or give {name} another number first.',
  favourites_full: 'You have {most} favourites, the most I can keep: remove one first.',
  unknown_person:
    'I do not know who “{person}” is: reply to one of their messages with the command, or give their id. I tell people their id when I refuse them.',
  several_people: 'Several people match “{person}”: give the id of the one you mean.',
  own_rights: 'You cannot change your own rights: another admin can.',
  owners_rights: 'An owner’s rights come from the settings: change them on the set-up page.',
  nothing_to_undo: 'There is no earlier version of the settings to go back to.',
  account_on_air: 'Another subscription takes {channel} off the air: confirm to go on.',
  cannot_listen:
    'Zapette cannot listen on {host} at port {port}: choose an address of this machine, and a port above 1023.',
  address_missing: 'On the internet others need an address: type it, such as https://tv.example.org.',
  set_up_first:
    'Zapette is being set up: open it with the link that it has printed, in its terminal or with `docker compose logs`.',
  address_in_use: 'Another program uses port {port} already: choose another one.',
  owners_only:
    'Only an owner may do that: the holder of the admin token, or somebody whom the settings make an admin.',
  no_public_url:
    'I do not know the address that others reach me at: an admin can enter it on the set-up page, under Who may watch.',
  superseded: 'Somebody asked for something else in the meantime.',
  overtaken: 'Overtaken by {by}: {wanted}.',
  called_off: 'Cancelled by {by}.',
  rate_limited: 'Too many attempts: wait a minute, then try again.',
  telegram_off: 'The Telegram bot is off: paste its token first.',
  telegram_token_missing: 'The field is empty: paste the token that @BotFather gave you.',
  telegram_token_malformed:
    'There is no token in this text: copy the one that @BotFather gave you, such as 123456789:AAF… (a number, a colon and 35 letters).',
  telegram_token_cut:
    'This token is incomplete: copy all of it, the number, the colon and the 35 letters after it (@BotFather, /mybots, your bot, API Token).',
  telegram_token_several: 'There are several tokens in this text: paste only the one of your bot.',
  telegram_token_of_discord:
    'This is a Discord token: paste the one that @BotFather gave you in Telegram, and this one under Discord.',
  telegram_token_refused:
    'Telegram does not know this token: it was mistyped or replaced. Copy the present one from @BotFather (/mybots, your bot, API Token).',
  telegram_unreachable:
    'Telegram cannot be reached, so the token could not be checked: check this machine’s internet connection, then try again.',
  telegram_group_unknown: 'The bot is not in this group: add it to the group, then try again.',
  passphrase_short: 'The passphrase is too short: take at least {least} characters, such as four words.',
  passphrase_wrong: 'This passphrase does not open the file: enter the one with which it was exported.',
  bundle_not_ours:
    'This file is not an export of Zapette: choose one that “zapette export” or the console made.',
  bundle_damaged:
    'The export is damaged or cut off: copy it again from where it was made, or take another one.',
  bundle_too_new: 'The export was made by a later version of Zapette ({version}): update this one first.',
  account_refused:
    'The provider refused the user name or password: an admin can correct them on the set-up page.',
  account_expired: 'The subscription has expired: renew it with your provider.',
  account_disabled: 'The provider has blocked this account ({status}): ask your provider why.',
  no_slot:
    'All {capacity} connections of the subscription are in use ({holders}): stop one of them, or wait until it is free.',
  line_in_use:
    'The provider says that the line is in use (answer {status}): is another device watching with this account? Try again in a minute.',
  trial_empty:
    'There is nothing here yet: paste the message from your provider, or fill in the address, the user name and the password.',
  trial_no_address:
    'The address of the provider’s server is missing: copy it from your provider’s message; it looks like http://example.org:8080.',
  trial_address_wrong:
    'This is not the address of a server: copy it again from your provider’s message; it looks like http://example.org:8080.',
  trial_no_username: 'The user name is missing: copy it from your provider’s message.',
  trial_no_password: 'The password is missing: copy it from your provider’s message.',
  trial_m3u: 'This is a plain M3U list without a user name and a password: add it as an M3U list instead.',
  trial_mac:
    'This subscription is for a box with a MAC address, which Zapette cannot use: ask your provider for the Xtream Codes data (address, user name and password).',
  trial_running: 'Another subscription is being tried right now: wait until that is over, then try again.',
  trial_refused:
    'The provider does not know this user name and password: copy both again from your provider’s message, since capital and small letters count.',
  trial_unknown_host:
    'No server has this address: check it letter by letter, or ask your provider for the current one.',
  trial_no_names:
    'This machine cannot look up any address right now: check its internet connection and its DNS server, then try again.',
  trial_port_closed:
    'The server refuses connections at this port: check the number after the colon in your provider’s message, or ask your provider for it.',
  trial_silent:
    'The server does not answer: check the address and the number after the colon, turn a VPN on or off, or try again in a few minutes.',
  trial_unreachable:
    'The server cannot be reached ({detail}): check the address and this machine’s internet connection.',
  trial_certificate:
    'The certificate of the server is not valid ({detail}): ask your provider for the right address. If you trust this server, add its fingerprint {fingerprint} to TLS_ACCEPT under All settings, then try again.',
  trial_old_https:
    'The server’s encryption is outdated ({detail}): try the address with http:// instead of https://, or add the server’s name to TLS_ACCEPT under All settings.',
  trial_no_panel:
    'There is a server at this address, but no Xtream Codes panel: check the address and the number after the colon in your provider’s message.',
  trial_web_page:
    'There is a website at this address, but no Xtream Codes panel: check the address and the number after the colon; some providers also show a page where they block a network, so turn a VPN on or off.',
  trial_redirects: 'The server sends Zapette in circles: check the address, or try again in a few minutes.',
  trial_blocked:
    'The provider blocks this network or player: turn a VPN on or off, change XTREAM_USER_AGENT under All settings, or ask your provider.',
  trial_inside:
    'The server sends Zapette to an address inside your own network, which is refused for safety: if that server is yours, enter its own address.',
  trial_panel_error:
    'The provider’s server answers with error {status}: try again in a few minutes, or ask your provider.',
  trial_no_list:
    'The user name and the password are right, but the channel list did not arrive: try again in a few minutes.',
  trial_not_list:
    'There is no channel list at this address: copy the address of the M3U list again from your provider’s message.',
  list_outside:
    'Only a list in Zapette’s data folder (DATA_DIR) can be used from this page: copy the file there, or name it in .env as M3U_1_URL.',
  account_unknown: 'This subscription or list is not set any more: reload the page.',
  accounts_full: 'All places for further subscriptions or lists are taken: remove one first.',
  last_account: 'This is the only subscription or list in use: use another one first, or remove this one.',
  trial_empty_list:
    'The user name and the password are right, but the channel list is empty: ask your provider to add channels to your subscription.',
  provider_unreachable:
    'The provider cannot be reached: check the server’s internet connection, and the provider’s address on the set-up page.',
  provider_certificate:
    'The provider’s certificate is not valid, or its encryption is outdated ({detail}): tell your provider, or accept it with TLS_ACCEPT on the set-up page.',
  provider_no_https:
    'The provider does not speak https at this address: enter it with http:// on the set-up page.',
  provider_redirects:
    'The provider sends Zapette in circles: try again in a few minutes, or check its address on the set-up page.',
  provider_blocks:
    'The provider blocks this network or player: turn a VPN on or off, try another XTREAM_USER_AGENT on the set-up page, or ask your provider.',
  provider_status: 'The provider answered with error {status}: try again in a few minutes.',
  address_inside:
    'The provider tried to send Zapette to an address inside your own network, which is refused for safety. If that server is yours, enter an address in the same network on the set-up page.',
  provider_garbage: 'The provider’s answer is not a channel list: check its address on the set-up page.',
  list_is_channel:
    'This address is a single channel, not a list of channels: enter the address of the list on the set-up page.',
  list_file_missing:
    'The file with the channel list is not there, or cannot be read: check its path on the set-up page, and that Zapette may read it.',
  catalogue_empty: 'The provider sent an empty channel list: Zapette keeps the last good one.',
  catalogue_shrunk:
    'The provider’s channel list shrank from {before} to {after} channels: Zapette keeps the last good one until /admin reload confirms this.',
  catalogue_not_ready: 'The channel list is still being loaded: try again in a moment.',
  channel_dead: 'The provider does not have this channel right now: try another version of it.',
  channel_refused:
    'The provider refuses this channel (answer {status}): it may not be part of your subscription; try another version of it.',
  channel_clip:
    'The provider sent a short clip and ended, which is how it says that the line is in use, the subscription is over or the channel is off: try again in a minute, or try another version of it.',
  channel_silent: 'The channel sends nothing: try again later, or try another version of it.',
  channel_stalled: 'The channel stopped sending: Zapette is reconnecting.',
  channel_ended:
    'The provider ended the channel: if it does not come back by itself, try another version of it.',
  channel_web_page:
    'The provider answered with a web page instead of the channel: the subscription may have expired, or the address may be blocked.',
  channel_not_video: 'The provider does not send television for this channel: try another version of it.',
  channel_scrambled: 'The provider sends this channel encrypted: try another version of it.',
  channel_drm:
    'This channel is protected by DRM, and only the provider’s own player can show it: try another version of it.',
  channel_unsupported:
    'The channel list gives an address for {kind}, which Zapette cannot play: try another version of the channel, or ask your provider for an http address.',
  channel_black: 'The picture of this channel stays black: try another version of it.',
  channel_notice:
    'The provider shows a notice instead of this channel: the line may be in use, or the channel off. Try another version of it.',
  channel_frozen: 'The picture of this channel does not move any more: try another version of it.',
  past_missing: 'Nothing is kept of that moment: go back less far, or watch what is on now.',
  clip_length: 'A clip lasts from one second to {minutes} minutes: ask for another length.',
  clip_ends: 'A clip needs both of its ends: name from and to, or seconds alone.',
  clip_words:
    'I do not understand “{text}”. Type /clip for the last 30 seconds, /clip 60 for the last minute, /clip 60-20 for what was shown from 60 to 20 seconds ago, or /clip 21:03-21:04.',
  clips_busy: 'Several clips are being made already: try again in a minute.',
  clip_failed: 'The clip could not be made. Try again; the server’s log says what went wrong.',
  clip_gone: 'This clip is not there any more: clips are kept for a week at most.',
  archive_missing:
    'The provider does not keep what this channel showed then: choose a later programme, or another version of the channel.',
  archive_refused:
    'The provider does not hand out the recording of this programme right now: try again in a few minutes, or try another version of the channel.',
  archive_is_live:
    'The provider sends the live picture instead of the recording, so its archive does not work for this channel: try another version of it.',
  archive_over: 'The programme is over.',
  archive_short: 'The provider’s archive does not have all of it.',
  programme_unknown:
    'The guide does not say when this programme begins and ends: try another version of the channel, or name the times yourself.',
  calendar_unknown:
    'This calendar’s address is not valid, or has ended: copy it again from the console, under Recordings.',
  no_recording_like:
    'No recording is called “{query}”. Choose one of the latest, or see all with /recordings.',
  recording_played: 'The recording is over.',
  edge_address_over: 'This address has expired, or is none of ours: load the playlist again.',
  edge_report_refused:
    'This report is not signed, or too old: set the same EDGE_SECRET here and on the edge, and set their clocks right.',
  nothing_to_pause:
    'What is live cannot stand still for everybody. Recordings, and programmes from the start, can.',
  pause_not_yours: 'Only {askedBy} and moderators can pause this.',
  recording_unknown: 'There is no such recording any more.',
  recording_no_end: 'The end is missing: give stop, or the time of a programme.',
  time_unreadable:
    'The time “{time}” cannot be read: write it with its zone, such as 2026-11-29T21:00:00+01:00, or as seconds since 1970.',
  recording_ends_early: 'A recording must end after it begins: give a later end.',
  recording_past: 'This time is over: give an end that is still to come.',
  recording_too_long: 'A recording takes at most {hours} hours: plan several.',
  recordings_full: 'There are {most} recordings to come already: remove some first.',
  recording_exists: 'There is a recording of that already: {title}.',
  record_when:
    'The time “{time}” cannot be read: write 21:00-23:00, tomorrow 20:50, until 23:00, for 90 min, or tonight.',
  nothing_to_record:
    'No channel and no programme of the guide is called “{query}”: type a channel and a time, such as tf1 21:00-23:00, or a part of a title.',
  recording_begun: 'This recording has begun: its beginning cannot be moved any more.',
  recording_over: 'This recording is over: its times cannot be changed any more.',
  recording_from_archive:
    'This recording comes from the archive, so its times cannot be changed: delete it, and record other times.',
  recording_not_ready: 'This recording has no file yet: try again when it is over.',
  recording_file_gone: 'The file of this recording is no longer there.',
  recording_in_use: 'Somebody is playing this recording: try again when they have finished.',
  rule_title: 'The title of a rule needs at least {least} letters.',
  rule_unknown: 'There is no such rule any more.',
  rule_exists: 'This series is recorded already: {title}.',
  rules_full: 'There are {most} rules already: remove one first.',
  recording_missed: 'Zapette was not running at that time.',
  recording_interrupted: 'Zapette was not running for a while.',
  recordings_disk_full: 'The disk for recordings (RECORDINGS_DIR) is full: free some space.',
  recordings_disk_slow:
    'The disk for recordings (RECORDINGS_DIR) could not keep up: use a faster one, or record fewer channels at once.',
  recordings_folder:
    'Zapette cannot write to the folder of recordings (RECORDINGS_DIR): check that it is there, and who owns it.',
  data_dir: 'Zapette cannot write to the folder {path} (DATA_DIR): give it to the user that Zapette runs as.',
  data_dir_in_use:
    'Another Zapette is using the folder {path} (DATA_DIR): stop it, or give this one a DATA_DIR of its own.',
  disk_full: 'The disk with {path} (DATA_DIR) is full: free some space.',
  disk_read_only:
    'The disk with {path} (DATA_DIR) is read-only: mount it for writing; after a power cut or a fault, check it first.',
  keys_damaged:
    'The keys in {path} cannot be read: put the file back from a backup, or delete it and Zapette makes new keys. Viewers then need new addresses, and you need a new admin token.',
  settings_damaged:
    'The settings in {path} cannot be read: correct the file, put settings.json.before in its place, or delete it to set Zapette up anew.',
  database_damaged:
    'The database in {path} is damaged: start Zapette, which restores its last backup, then try again.',
  database_locked: 'Another program holds {path}: end it (a backup, or sqlite3), then start Zapette again.',
  database_too_new:
    'The database in {path} was written by a later version of Zapette: install that version or a newer one.',
  ffmpeg_missing: 'FFmpeg was not found: install it, or set FFMPEG_PATH to its location.',
  ffmpeg_failed: 'FFmpeg could not handle this channel: the log says why; try another version of it.',
  too_slow:
    'This machine is too slow to convert this channel: choose one in lower quality, or a VIDEO_ENCODER of its graphics chip on the set-up page.',
  internal: 'Something broke (ref {ref}): the log has the details under this reference.',
};
