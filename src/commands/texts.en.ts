import type { ErrorCode } from '../domain/errors.ts';

/** Sentences for people: what happened, and what to do. `{name}` is filled in from the error's parameters. */
export const en: Readonly<Record<ErrorCode, string>> = {
  bad_request: 'That request is not right: {detail}.',
  unauthorised: 'You are not logged in: log in first; programs send a token as "Authorization: Bearer …".',
  log_in_to_watch: 'Only people who were invited may watch: log in, or ask the owner for an invitation.',
  login_link_spent: 'This link opens once and has been used, or it has expired.',
  discord_login_failed: 'Logging in with Discord came to nothing: begin again.',
  discord_unreachable: 'Discord does not answer: try again in a moment, or write /login to the bot.',
  other_site: 'This came from another web site, which may not do that for you: open Zapette itself.',
  viewer_key_needed:
    'This address needs the key: ask the owner for the whole address, which ends in "?key=…", or log in.',
  watch_page_only:
    'This address works only inside the watch page: open /watch, or use /live.m3u8 in a player.',
  not_found: 'There is nothing at this address.',
  link_invalid: 'This private link is not valid, or no longer: ask for a new one.',
  link_in_use: 'This link plays on {players} devices already: stop one, or ask for another link.',
  channel_not_found: 'There is no channel with the number {channelId}: look for it in the channel list.',
  channel_gone: 'That channel is no longer in the list: /search shows what there is now.',
  not_allowed: 'You may not do that here: ask an admin to give you more rights.',
  not_let_in: 'You may not do that here: ask the owner to let you in (your id is {id}).',
  roles_unknown: 'Discord does not tell me your roles right now: try again in a moment.',
  controllers_sound: 'Only controllers may choose the sound.',
  controllers_restart: 'Only controllers may restart the channel.',
  admins_only: 'Only admins may do that.',
  controllers_only: 'You may not choose what is on here: ask one of the controllers.',
  stop_not_yours: 'You may not stop what somebody else has put on: ask them, or a controller.',
  others_watching:
    'Others are watching {channel} (viewers: {viewers}): to switch to {wanted} all the same, send the same again with "confirm": true.',
  reactions_off: 'Reactions are off here: the owner can turn them on with REACTIONS.',
  reacts_too_fast: 'Slowly: {most} reactions in {seconds} seconds are as many as I take from one.',
  vote_over: 'This vote is over: ask for the channel again with /play.',
  nobody_let_in_discord:
    'Only the owner of this server may use me so far: they let others in with /admin allow, or put ids of roles or people into DISCORD_VIEWER_ROLES and restart me (your id is {id}).',
  nobody_let_in_telegram: 'Nobody may use me yet: if I am yours, set TELEGRAM_ADMIN_IDS={id} and restart me.',
  unknown_command: 'I do not know that any more: /help says what I can do.',
  no_match: 'No channel matches “{query}”: try a shorter part of the name.',
  unknown_choice: 'Choose one of these instead of “{choice}”: {choices}.',
  one_audio: 'There is nothing to choose from: what is on has a single sound track.',
  audio_not_there: 'That sound is not there at the moment: /audio shows which ones there are.',
  nothing_on: 'Nothing is on: /play and a name puts a channel on.',
  no_favourite: 'None of your favourites is called anything like “{query}”: /fav list shows them.',
  favourites_full: 'You have {most} favourites, which is as many as I keep: remove one first.',
  unknown_person:
    'I cannot tell who “{person}” is: reply to a message of theirs with the command, or give their id, which I tell whoever I refuse.',
  several_people: 'Several people are called something like “{person}”: give the id of the one you mean.',
  own_rights: 'You cannot change your own rights: another admin can.',
  owners_rights: 'Nobody but the settings can take rights from an owner.',
  no_public_url: 'I do not know under which address others reach me: set PUBLIC_URL.',
  superseded: 'Something else was asked for in the meantime.',
  overtaken: 'Overtaken by {by}: {wanted}.',
  called_off: 'Called off by {by}.',
  rate_limited: 'Too many tries: wait a minute, then try again.',
  account_refused:
    'The provider refused the user name or password: check XTREAM_USERNAME and XTREAM_PASSWORD, then restart.',
  account_expired: 'The subscription has expired: renew it with your provider.',
  account_disabled: 'The provider has blocked this account ({status}): ask your provider why.',
  no_slot:
    'All {capacity} connections of the subscription are in use ({holders}): stop one of them, or wait until it is free.',
  line_in_use:
    'The provider says that the line is in use (answer {status}): is another device watching with this account? Try again in a minute.',
  provider_unreachable:
    'The provider cannot be reached: check XTREAM_URL and this machine’s internet connection.',
  provider_status: 'The provider answered with error {status}: try again in a few minutes.',
  provider_garbage: 'The provider answered with something that is not its channel list: check XTREAM_URL.',
  catalogue_empty: 'The provider sent an empty channel list: the last good one is kept.',
  catalogue_shrunk:
    'The provider’s channel list shrank from {before} to {after} channels: the last good one is kept until this is confirmed.',
  catalogue_not_ready: 'The channel list is still being loaded: try again in a moment.',
  channel_dead: 'The provider does not have this channel right now: try another version of it.',
  channel_silent: 'The channel does not send anything: try again later, or another version of it.',
  channel_stalled: 'The channel stopped sending: it is being brought back.',
  channel_ended: 'The provider ended the channel: it is being brought back.',
  channel_web_page:
    'The provider answered with a web page instead of the channel: the subscription may have expired, or the address be blocked.',
  channel_not_video: 'What the provider sends for this channel is no television: try another version of it.',
  channel_scrambled:
    'This channel is encrypted and your provider sends it without unlocking it: try another version of it.',
  data_dir: 'The folder {path} (DATA_DIR) cannot be written: give it to the user that Zapette runs as.',
  data_dir_in_use:
    'Another Zapette is using the folder {path} (DATA_DIR): stop it, or give this one a DATA_DIR of its own.',
  disk_full: 'The disk with {path} (DATA_DIR) is full: free some space.',
  disk_read_only:
    'The disk with {path} (DATA_DIR) is read-only: mount it for writing; after a power cut or a fault, check it first.',
  keys_damaged:
    'The keys in {path} cannot be read: put the file back from a backup, or delete it to have new keys made. Viewers then need new addresses, and you a new admin token.',
  database_locked: 'Another program holds {path}: end it (a backup, or sqlite3), then start Zapette again.',
  database_too_new:
    'The database in {path} was written by a later version of Zapette: install that version or a newer one.',
  ffmpeg_missing: 'FFmpeg was not found: install it, or set FFMPEG_PATH to where it is.',
  ffmpeg_failed: 'FFmpeg could not handle this channel: the log says why; try another version of it.',
  too_slow:
    'This machine is too slow to convert this channel: choose one in lower quality, or set VIDEO_ENCODER.',
  internal: 'Something broke (ref {ref}): the log says more under this reference.',
};
