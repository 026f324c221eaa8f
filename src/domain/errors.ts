import { randomBytes } from 'node:crypto';

/**
 * Every error that people are told about, with its HTTP status. The code is the API's `error.code` and selects the sentence in
 * commands/texts.*.ts.
 */
export const errorStatus = {
  // the asker
  bad_request: 400,
  settings_wrong: 400,
  unauthorised: 401,
  log_in_to_watch: 401,
  login_link_spent: 410,
  other_site: 403,
  unknown_host: 421,
  discord_login_failed: 403,
  discord_login_off: 409,
  discord_unreachable: 502,
  discord_token_missing: 400,
  discord_token_hidden: 400,
  discord_token_address: 400,
  discord_token_id: 400,
  discord_token_public_key: 400,
  discord_token_client_secret: 400,
  discord_token_telegram: 400,
  discord_token_personal: 400,
  discord_token_cut: 400,
  discord_token_odd: 400,
  discord_token_refused: 400,
  discord_busy: 503,
  discord_not_reached: 502,
  discord_server_unknown: 400,
  discord_role_unknown: 400,
  viewer_key_needed: 403,
  watch_page_only: 403,
  device_address_needed: 403,
  not_found: 404,
  link_invalid: 404,
  link_in_use: 429,
  client_unknown: 404,
  clients_full: 409,
  channel_not_found: 404,
  channel_gone: 404,
  not_allowed: 403,
  not_let_in: 403,
  roles_unknown: 503,
  controllers_only: 403,
  controllers_sound: 403,
  controllers_restart: 403,
  admins_only: 403,
  stop_not_yours: 403,
  screen_unknown: 404,
  screen_closed: 403,
  screen_closed_to_you: 403,
  screen_exists: 409,
  screen_name: 400,
  screen_id: 400,
  screen_stays: 409,
  screens_full: 409,
  controllers_screens: 403,
  others_watching: 409,
  vote_over: 409,
  reactions_off: 403,
  reacts_too_fast: 429,
  nobody_let_in_discord: 403,
  nobody_let_in_telegram: 403,
  unknown_command: 404,
  no_match: 404,
  unknown_choice: 400,
  nothing_on: 409,
  audio_not_there: 409,
  one_audio: 409,
  no_favourite: 404,
  favourites_full: 409,
  number_taken: 409,
  follows_full: 409,
  unknown_person: 404,
  several_people: 409,
  own_rights: 409,
  owners_rights: 403,
  owners_only: 403,
  no_public_url: 409,
  nothing_to_undo: 409,
  account_on_air: 409,
  address_missing: 400,
  set_up_first: 403,
  address_in_use: 409,
  cannot_listen: 409,
  superseded: 409,
  overtaken: 409,
  called_off: 409,
  rate_limited: 429,
  telegram_off: 409,
  telegram_token_missing: 400,
  telegram_token_malformed: 400,
  telegram_token_cut: 400,
  telegram_token_several: 400,
  telegram_token_of_discord: 400,
  telegram_token_refused: 400,
  telegram_unreachable: 502,
  telegram_group_unknown: 404,
  // an export
  passphrase_short: 400,
  passphrase_wrong: 400,
  bundle_not_ours: 400,
  bundle_damaged: 400,
  bundle_too_new: 400,
  // the account
  account_refused: 502,
  account_expired: 502,
  account_disabled: 502,
  no_slot: 503,
  line_in_use: 503,
  // a subscription that somebody tries
  trial_empty: 400,
  trial_no_address: 400,
  trial_address_wrong: 400,
  trial_no_username: 400,
  trial_no_password: 400,
  trial_m3u: 400,
  trial_mac: 400,
  trial_running: 409,
  trial_refused: 422,
  trial_unknown_host: 422,
  trial_no_names: 422,
  trial_port_closed: 422,
  trial_silent: 422,
  trial_unreachable: 422,
  trial_certificate: 422,
  trial_old_https: 422,
  trial_no_panel: 422,
  trial_web_page: 422,
  trial_redirects: 422,
  trial_blocked: 422,
  trial_inside: 422,
  trial_panel_error: 422,
  trial_no_list: 422,
  trial_empty_list: 422,
  trial_not_list: 422,
  list_outside: 400,
  account_unknown: 404,
  accounts_full: 409,
  last_account: 409,
  // the provider
  provider_unreachable: 502,
  provider_certificate: 502,
  provider_no_https: 502,
  provider_redirects: 502,
  provider_blocks: 502,
  provider_status: 502,
  address_inside: 502,
  provider_garbage: 502,
  list_is_channel: 502,
  list_file_missing: 502,
  catalogue_empty: 502,
  catalogue_shrunk: 502,
  catalogue_not_ready: 503,
  // the channel
  channel_dead: 502,
  channel_refused: 502,
  channel_clip: 502,
  channel_silent: 504,
  channel_stalled: 504,
  channel_ended: 502,
  channel_web_page: 502,
  channel_not_video: 502,
  channel_scrambled: 502,
  channel_drm: 502,
  channel_unsupported: 502,
  channel_black: 502,
  channel_frozen: 502,
  channel_notice: 502,
  // what is kept of the past of a screen
  past_missing: 404,
  clip_length: 400,
  clip_ends: 400,
  clip_words: 400,
  clips_busy: 429,
  clip_failed: 500,
  clip_gone: 404,
  // what the provider keeps of the past
  archive_missing: 404,
  archive_refused: 502,
  archive_is_live: 502,
  archive_over: 502,
  programme_unknown: 404,
  // this machine
  data_dir: 500,
  data_dir_in_use: 500,
  disk_full: 500,
  disk_read_only: 500,
  keys_damaged: 500,
  settings_damaged: 500,
  database_damaged: 500,
  database_locked: 500,
  database_too_new: 500,
  ffmpeg_missing: 500,
  ffmpeg_failed: 500,
  too_slow: 500,
  internal: 500,
} as const satisfies Record<string, number>;

export type ErrorCode = keyof typeof errorStatus;

/** Values for the error's sentence: never an address, a user name or a token. */
export type ErrorParams = Readonly<Record<string, string | number>>;

/** An error for people: a code, the values for its sentence, and the technical cause for the log. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly params: ErrorParams;

  constructor(code: ErrorCode, params: ErrorParams = {}, options?: ErrorOptions) {
    super(code, options);
    this.code = code;
    this.params = params;
  }

  get status(): number {
    return errorStatus[this.code];
  }
}

/** Wraps any other error as `internal`: it is a bug, so people get a reference that the log repeats. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  return new AppError('internal', { ref: randomBytes(3).toString('hex') }, { cause: error });
}
