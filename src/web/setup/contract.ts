import type { BotState } from '../../domain/bot-state.ts';

/**
 * The server's JSON for the set-up page; every request needs an admin's session. Errors are `{"error":{"code","message"}}`,
 * the message a sentence in the asker's language that says what to do. Times are ISO 8601.
 */

/** GET /api/setup: what is set up so far. */
export interface SetupState {
  /** The first start is not over: nobody has answered yet who may watch. */
  readonly is_first: boolean;
  readonly account: AccountState;
  readonly watch: WatchState;
  /** Settings that the environment or .env decides, so that the page cannot change them. */
  readonly locked: readonly string[];
  /** Changed settings that take effect with the next start. */
  readonly needs_restart: readonly string[];
}

export interface AccountState {
  readonly kind: 'demo' | 'own';
  /** What is wrong with the account, as a sentence; null: nothing is. */
  readonly trouble: string | null;
  /** Null while the account has not answered. */
  readonly connections: number | null;
  readonly expires_at: string | null;
  readonly channels: number;
}

/** A category of the provider's list. */
export interface SetupCategory {
  readonly id: string;
  readonly name: string;
  readonly count: number;
  /** Left out of the channel list. */
  readonly is_hidden: boolean;
}

/** POST /api/setup/account/try and PUT /api/setup/account: a subscription as people have it. */
export type AccountRequest = {
  /** Where people type three fields; a pasted get.php, player_api.php or M3U address may stand in `url` alone. */
  readonly url: string;
  readonly username: string;
  readonly password: string;
  /** PUT only: the asker has confirmed that the channel on air changes. */
  readonly confirm?: boolean;
};

/**
 * The answer to both. PUT answers 409 `account_on_air` (message: which channel is on air) where it would change what is on
 * air and `confirm` is missing. DELETE /api/setup/account goes back to the demo.
 */
export interface AccountTried {
  readonly connections: number | null;
  readonly expires_at: string | null;
  readonly channels: number;
  /** What was understood from the fields where it differs from what was typed, as sentences: "The address was in the user name field." */
  readonly notes: readonly string[];
}

export type AccountKind = 'subscription' | 'list';

/** POST /api/setup/accounts and PUT /api/setup/accounts/:id → AccountTried. A list has nothing but `url`, an address or a file. */
export interface FurtherRequest extends Pick<AccountRequest, 'url' | 'username' | 'password'> {
  readonly kind: AccountKind;
}

/** A subscription or a list. DELETE /api/setup/accounts/:id, PUT …/off { off: boolean } and POST …/test answer 204. */
export interface FurtherAccount {
  /** `main`, `x2`, `m1` … */
  readonly id: string;
  readonly kind: AccountKind;
  readonly name: string;
  readonly is_off: boolean;
  /** The environment decides its login. */
  readonly is_locked: boolean;
  readonly trouble: string | null;
  /** Null while nobody tells. */
  readonly connections: number | null;
  readonly expires_at: string | null;
  readonly channels: number;
}

/** GET /api/setup/accounts. */
export interface FurtherAccounts {
  readonly items: readonly FurtherAccount[];
  readonly may_add: Readonly<Record<AccountKind, boolean>>;
}

/** GET /api/setup/categories → { items: SetupCategory[] }; PUT { hidden: string[] } → 204. */

export type WhereToWatch = 'here' | 'house' | 'internet';
export type ViewerAccess = 'public' | 'key' | 'login';

export interface WatchState {
  readonly where: WhereToWatch;
  readonly access: ViewerAccess;
  readonly public_url: string | null;
  /** This machine's addresses in its networks with the port, such as `http://192.168.1.10:8002`, best first. */
  readonly addresses: readonly string[];
  /** The id of this process, which GET <address>/reach answers with CORS for every origin: `{ instance, host, protocol }`. */
  readonly instance: string;
  /** The server runs in a container, whose own addresses nobody else can reach. */
  readonly is_container: boolean;
}

/** PUT /api/setup/watch → WatchState. The server listens where the answer says before it answers. */
export interface WatchRequest {
  readonly where: WhereToWatch;
  readonly access: ViewerAccess;
  /** Only with `internet`. */
  readonly public_url: string | null;
}

/** POST /api/setup/address { url } → what is there. */
export interface AddressTried {
  /** The address as it was understood, such as `https://tv.example.org`. */
  readonly url: string;
  readonly leads_here: boolean;
  readonly is_https: boolean;
  /** Event streams pass without being held back; null: not tried, since the address does not lead here. */
  readonly events_pass: boolean | null;
  /** What it means and what to do, as sentences. */
  readonly sentences: readonly string[];
  /** Lines for a Caddyfile. */
  readonly caddy: string;
}

/** GET /api/setup/discord; PUT { token } answers the same, DELETE turns the bot off. */
export interface DiscordState {
  readonly state: BotState;
  /** The state as a sentence that says what to do. */
  readonly message: string;
  readonly has_token: boolean;
  /** The picture is a data: address or null. */
  readonly bot: { readonly name: string; readonly picture: string | null } | null;
  /** Invites the bot with exactly the permissions that it needs. */
  readonly invite_url: string | null;
  readonly guilds: readonly {
    readonly id: string;
    readonly name: string;
    /** Without @everyone and without other bots' roles; highest first. */
    readonly roles: readonly { readonly id: string; readonly name: string; readonly colour: string | null }[];
  }[];
  readonly chosen: DiscordRoles;
}

/** PUT /api/setup/discord/roles: ids of roles or people from the lists. `guild_id` null: every server. → DiscordState */
export interface DiscordRoles {
  readonly guild_id: string | null;
  readonly admin: readonly string[];
  readonly controller: readonly string[];
  readonly viewer: readonly string[];
}

/** GET /api/setup/telegram; PUT { token } answers the same, DELETE turns the bot off. */
export interface TelegramState {
  readonly state: BotState;
  readonly message: string;
  readonly has_token: boolean;
  readonly bot: { readonly name: string; readonly username: string } | null;
  /** https://t.me/<bot>?start=<one-time code>: whoever presses Start there becomes an admin. Null once it is used up. */
  readonly start_url: string | null;
  readonly admins: readonly { readonly id: string; readonly name: string | null }[];
  /** Groups that the bot is in. */
  readonly groups: readonly { readonly id: string; readonly title: string; readonly is_allowed: boolean }[];
}

/** PUT /api/setup/telegram/groups/<id> { is_allowed } → TelegramState; POST /api/setup/telegram/code → TelegramState with a new start_url. */

/** GET /api/settings → { items: Setting[], can_undo: boolean, notices: string[] }, the notices about what the start has found wrong. */
export interface Setting {
  readonly name: string;
  /** Part of the page: account, server, bots, stream. */
  readonly group: string;
  /** What it is for, in the asker's language. */
  readonly meaning: string;
  readonly kind: 'text' | 'secret' | 'number' | 'choice' | 'list' | 'address';
  /** For a choice. */
  readonly choices: readonly string[];
  /** The value in force; null: none, or it is a secret. */
  readonly value: string | null;
  readonly default_value: string | null;
  readonly is_set: boolean;
  readonly source: 'environment' | 'page' | 'default';
  /** When a change takes effect; `environment_only`: the page cannot change it. */
  readonly applies: 'at_once' | 'next_channel' | 'restart' | 'environment_only';
  /** It was changed, and takes effect with the next start. */
  readonly needs_restart: boolean;
}

/**
 * PUT /api/settings { changes: { [name]: string | null } } → the same as GET; null goes back to the default. All or nothing:
 * 400 with `{"error":{"code":"settings_wrong","message","problems":[{ name, message }]}}`. POST /api/settings/undo → the same.
 * POST /api/restart → 202; the server is back within seconds, on the same address.
 */
