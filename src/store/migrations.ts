/**
 * The steps from an empty database to the current schema; `PRAGMA user_version` counts the steps taken. Only ever add a step.
 * Times are epoch milliseconds. People are `discord:<id>`, `telegram:<id>`, `web:<random>` (invited), `token:<random>` or `console`.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE people (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    language TEXT CHECK (language IN ('fr', 'en')),
    -- what an admin has decided; null: what the settings say
    standing TEXT CHECK (standing IN ('denied', 'viewer', 'controller', 'admin')),
    seen_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE favourites (
    person TEXT NOT NULL,
    channel_id INTEGER NOT NULL,
    channel_name TEXT NOT NULL,
    added_at INTEGER NOT NULL,
    PRIMARY KEY (person, channel_id)
  ) STRICT;

  CREATE TABLE history (
    id INTEGER PRIMARY KEY,
    channel_id INTEGER NOT NULL,
    channel_name TEXT NOT NULL,
    person TEXT,
    person_name TEXT,
    started_at INTEGER NOT NULL,
    -- null while it is on air
    ended_at INTEGER
  ) STRICT;
  CREATE INDEX history_by_person ON history (person, started_at);
  CREATE INDEX history_by_time ON history (started_at);

  CREATE TABLE links (
    id INTEGER PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    person TEXT NOT NULL,
    person_name TEXT NOT NULL,
    channel_id INTEGER NOT NULL,
    channel_name TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    last_used_at INTEGER,
    revoked_at INTEGER
  ) STRICT;
  CREATE INDEX links_by_person ON links (person, expires_at);

  CREATE TABLE cards (
    place TEXT PRIMARY KEY,
    message TEXT NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('fr', 'en')),
    posted_at INTEGER NOT NULL
  ) STRICT;
  `,
  `ALTER TABLE cards ADD COLUMN shown TEXT NOT NULL DEFAULT ''`,
  `
  -- everything that somebody can come in with, by its SHA-256: none of them can be read back
  CREATE TABLE credentials (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('login', 'session', 'token')),
    hash TEXT NOT NULL UNIQUE,
    person TEXT NOT NULL REFERENCES people (id),
    -- the most that it is good for
    role TEXT NOT NULL CHECK (role IN ('viewer', 'controller', 'admin')),
    -- what the settings alone gave the person when it was made; null: nothing, only an admin's decision did
    listed_role TEXT CHECK (listed_role IN ('viewer', 'controller', 'admin')),
    -- by which settings that was
    listing TEXT NOT NULL,
    -- of a session the browser, of a token its name
    label TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    -- null: never
    expires_at INTEGER,
    used_at INTEGER,
    -- used up, logged out or revoked
    ended_at INTEGER
  ) STRICT;
  CREATE INDEX credentials_by_person ON credentials (person, kind);

  CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    person TEXT NOT NULL,
    person_name TEXT NOT NULL,
    action TEXT NOT NULL,
    detail TEXT NOT NULL
  ) STRICT;
  `,
  `
  -- the token that a session was opened with: it ends with it
  ALTER TABLE credentials ADD COLUMN parent INTEGER REFERENCES credentials (id) ON DELETE CASCADE;
  -- finds the sessions of a token that is thrown away
  CREATE INDEX credentials_by_parent ON credentials (parent);
  `,
  `
  -- a Telegram group that becomes a supergroup gets another id
  CREATE TABLE chat_moves (
    old_id TEXT PRIMARY KEY,
    new_id TEXT NOT NULL,
    moved_at INTEGER NOT NULL
  ) STRICT;
  `,
  `
  -- the votes under way: the next process closes those that this one leaves
  CREATE TABLE vote_messages (
    place TEXT NOT NULL,
    message TEXT NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('fr', 'en')),
    PRIMARY KEY (place, message)
  ) STRICT;
  `,
  `
  -- a channel was the provider's number and is '<account>:<number>' from here on
  CREATE TABLE new_favourites (
    person TEXT NOT NULL,
    channel_id TEXT NOT NULL,
    channel_name TEXT NOT NULL,
    added_at INTEGER NOT NULL,
    PRIMARY KEY (person, channel_id)
  ) STRICT;
  -- the rowid orders favourites of the same millisecond
  INSERT INTO new_favourites (rowid, person, channel_id, channel_name, added_at)
    SELECT rowid, person, zapette_account() || ':' || channel_id, channel_name, added_at FROM favourites;
  DROP TABLE favourites;
  ALTER TABLE new_favourites RENAME TO favourites;

  CREATE TABLE new_history (
    id INTEGER PRIMARY KEY,
    screen TEXT NOT NULL DEFAULT 'live',
    channel_id TEXT NOT NULL,
    -- as it was called then
    channel_name TEXT NOT NULL,
    person TEXT,
    person_name TEXT,
    started_at INTEGER NOT NULL,
    -- null while it is on air
    ended_at INTEGER
  ) STRICT;
  INSERT INTO new_history (id, channel_id, channel_name, person, person_name, started_at, ended_at)
    SELECT id, zapette_account() || ':' || channel_id, channel_name, person, person_name, started_at, ended_at
    FROM history;
  DROP TABLE history;
  ALTER TABLE new_history RENAME TO history;
  CREATE INDEX history_by_person ON history (person, started_at);
  CREATE INDEX history_by_time ON history (started_at);

  CREATE TABLE new_links (
    id INTEGER PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    person TEXT NOT NULL,
    person_name TEXT NOT NULL,
    channel_id TEXT NOT NULL,
    channel_name TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    last_used_at INTEGER,
    revoked_at INTEGER
  ) STRICT;
  INSERT INTO new_links
      (id, token_hash, person, person_name, channel_id, channel_name, created_at, expires_at, last_used_at, revoked_at)
    SELECT id, token_hash, person, person_name, zapette_account() || ':' || channel_id, channel_name, created_at,
      expires_at, last_used_at, revoked_at
    FROM links;
  DROP TABLE links;
  ALTER TABLE new_links RENAME TO links;
  CREATE INDEX links_by_person ON links (person, expires_at);

  ALTER TABLE cards ADD COLUMN screen TEXT NOT NULL DEFAULT 'live';

  -- what a channel is called outside the process; 1 to 99 are screens
  CREATE TABLE channel_keys (
    key INTEGER PRIMARY KEY CHECK (key >= 100),
    -- null: the channel has left, and another one has its id; the key is never used again
    channel_id TEXT,
    channel_name TEXT NOT NULL
  ) STRICT;
  -- not unique: a channel that comes to an id may bring its key along
  CREATE INDEX channel_keys_by_channel ON channel_keys (channel_id);
  `,
  `
  -- the screen that an action was about; null where it was about none
  ALTER TABLE audit ADD COLUMN screen TEXT;
  UPDATE audit SET screen = 'live' WHERE action IN ('play', 'stop', 'restart', 'audio');
  `,
  `
  -- the groups that a Telegram bot is in, by the bot's id
  CREATE TABLE telegram_groups (
    bot TEXT NOT NULL,
    id TEXT NOT NULL,
    title TEXT NOT NULL,
    joined_at INTEGER NOT NULL,
    PRIMARY KEY (bot, id)
  ) STRICT;
  `,
  `
  -- the televisions and players that have a token of their own; a row stays when its client has ended
  CREATE TABLE clients (
    id INTEGER PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    last_used_at INTEGER,
    ended_at INTEGER
  ) STRICT;
  `,
  `
  -- the past programme that was shown: its title, where known, and when it would be over; both null for a channel as it comes
  ALTER TABLE history ADD COLUMN past_title TEXT;
  ALTER TABLE history ADD COLUMN past_ends_at INTEGER;
  `,
  `
  -- the guides that somebody has chosen for channels; guide_id is an id in XMLTV, null for none
  CREATE TABLE guide_matches (
    channel_id TEXT PRIMARY KEY,
    channel_name TEXT NOT NULL,
    guide_id TEXT
  ) STRICT;
  `,
  `
  -- the span of a past programme that a link plays; both null for a link to the channel as it comes
  ALTER TABLE links ADD COLUMN past_from INTEGER;
  ALTER TABLE links ADD COLUMN past_to INTEGER;
  `,
  `
  -- the screens; 'live' has no row until somebody changes it
  CREATE TABLE screens (
    id TEXT PRIMARY KEY,
    -- what players call it
    number INTEGER NOT NULL UNIQUE CHECK (number BETWEEN 1 AND 99),
    name TEXT NOT NULL,
    -- the least role that may change what is on it
    control TEXT NOT NULL DEFAULT 'viewer' CHECK (control IN ('viewer', 'controller', 'admin')),
    -- the least role that may watch it; null: whoever may watch at all
    watch TEXT CHECK (watch IN ('viewer', 'controller', 'admin')),
    -- a removed screen keeps its number
    removed_at INTEGER
  ) STRICT;

  -- the screens of chat places; places without a row are about 'live'
  CREATE TABLE screen_places (
    place TEXT PRIMARY KEY,
    screen TEXT NOT NULL
  ) STRICT;
  `,
  `
  -- what somebody has chosen for channels: for the channel with all its variants, or for one entry of the list alone
  CREATE TABLE channel_choices (
    channel_id TEXT PRIMARY KEY,
    channel_name TEXT NOT NULL,
    -- null: as the provider names it
    name TEXT,
    -- the country that goes with the name
    country TEXT,
    -- null: as the provider numbers it
    number INTEGER CHECK (number >= 100),
    is_hidden INTEGER NOT NULL CHECK (is_hidden IN (0, 1)),
    is_alone INTEGER NOT NULL CHECK (is_alone IN (0, 1))
  ) STRICT;

  -- the words of events that a place of a chat is told about
  CREATE TABLE follows (
    place TEXT NOT NULL,
    words TEXT NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('fr', 'en')),
    added_at INTEGER NOT NULL,
    PRIMARY KEY (place, words)
  ) STRICT;

  -- the events that lists have had; an empty name is that of the series itself
  CREATE TABLE event_names (
    series TEXT NOT NULL,
    name TEXT NOT NULL,
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (series, name)
  ) STRICT;
  `,
  `
  -- the recordings; a removed one keeps its row, so that its id never means another one
  CREATE TABLE recordings (
    id INTEGER PRIMARY KEY,
    channel_id TEXT NOT NULL,
    channel_name TEXT NOT NULL,
    title TEXT NOT NULL,
    starts_at INTEGER NOT NULL,
    stops_at INTEGER NOT NULL,
    -- JSON: what the guide told of the programme
    programme TEXT,
    is_following INTEGER NOT NULL CHECK (is_following IN (0, 1)),
    state TEXT NOT NULL
      CHECK (state IN ('planned', 'waiting', 'recording', 'finishing', 'done', 'incomplete', 'failed')),
    -- JSON: an error's code and its values
    reason TEXT,
    -- JSON: a list of [from, to]
    holes TEXT NOT NULL,
    is_protected INTEGER NOT NULL CHECK (is_protected IN (0, 1)),
    -- below RECORDINGS_DIR
    file TEXT,
    bytes INTEGER NOT NULL,
    person TEXT NOT NULL,
    person_name TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    removed_at INTEGER
  ) STRICT;
  `,
  `
  -- what is recorded whenever the guide has it
  CREATE TABLE recording_rules (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    match TEXT NOT NULL CHECK (match IN ('exact', 'words')),
    -- null: any channel
    channel_id TEXT,
    channel_name TEXT NOT NULL,
    is_new_only INTEGER NOT NULL CHECK (is_new_only IN (0, 1)),
    person TEXT NOT NULL,
    person_name TEXT NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT;
  `,
  `
  -- viewers may have a few recordings at once, also by their rules
  ALTER TABLE recording_rules ADD COLUMN person_role TEXT NOT NULL DEFAULT 'controller'
    CHECK (person_role IN ('viewer', 'controller', 'admin'));
  `,
  `
  -- 1: it is taken from the provider's archive once its time is over
  ALTER TABLE recordings ADD COLUMN is_from_archive INTEGER NOT NULL DEFAULT 0 CHECK (is_from_archive IN (0, 1));
  `,
];
