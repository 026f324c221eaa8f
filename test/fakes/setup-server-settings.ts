import type { Setting } from '../../src/web/setup/contract.ts';
import { type Answer, refusal, type SetupServer } from './setup-server.ts';

const base: Omit<Setting, 'name' | 'group' | 'meaning'> = {
  kind: 'text',
  choices: [],
  value: null,
  default_value: null,
  is_set: false,
  source: 'default',
  applies: 'at_once',
  needs_restart: false,
};

/** A setting with the given facts; all others are those of a text that nobody has set. */
export function aSetting(facts: Partial<Setting> & Pick<Setting, 'name'>): Setting {
  const value = facts.value ?? facts.default_value ?? null;
  return { ...base, group: 'server', meaning: '', ...facts, value };
}

/** Settings of every kind, with their meanings in English. */
export const settingsInEnglish: readonly Setting[] = [
  aSetting({
    name: 'XTREAM_URL',
    group: 'account',
    kind: 'secret',
    meaning: 'Address of your provider’s panel.',
    is_set: true,
    source: 'page',
  }),
  aSetting({
    name: 'XTREAM_MAX_CONNECTIONS',
    group: 'account',
    kind: 'number',
    meaning: 'Most connections at once; otherwise as many as the account allows.',
  }),
  aSetting({
    name: 'HOST',
    meaning: 'Address to listen on: 127.0.0.1 for this machine only; 0.0.0.0 lets others connect.',
    default_value: '127.0.0.1',
    value: '0.0.0.0',
    is_set: true,
    source: 'environment',
  }),
  aSetting({ name: 'PORT', kind: 'number', meaning: 'Port to listen on.', default_value: '8002' }),
  aSetting({
    name: 'PUBLIC_URL',
    kind: 'address',
    meaning: 'The public address, by which others reach this server, such as https://tv.example.org.',
  }),
  aSetting({ name: 'ADMIN_TOKEN', kind: 'secret', meaning: 'The owner’s token, at least 12 characters.' }),
  aSetting({
    name: 'VIEWER_ACCESS',
    kind: 'choice',
    choices: ['public', 'key', 'login'],
    meaning: 'Who may watch: public, key or login.',
    default_value: 'public',
  }),
  aSetting({
    name: 'DATA_DIR',
    meaning: 'Folder for keys, the database and these settings.',
    default_value: './data',
    applies: 'environment_only',
  }),
  aSetting({
    name: 'DISCORD_VIEWER_ROLES',
    group: 'bots',
    kind: 'list',
    meaning: 'Viewers on Discord: ids of roles or people.',
    value: '11,12',
    is_set: true,
    source: 'page',
  }),
  aSetting({
    name: 'AUDIO_LANGUAGES',
    group: 'stream',
    kind: 'list',
    meaning: 'Preferred languages, best first; otherwise each channel’s first track.',
  }),
  aSetting({
    name: 'FFMPEG_PATH',
    group: 'stream',
    meaning: 'Path of FFmpeg; otherwise the one on the PATH.',
    applies: 'restart',
  }),
  aSetting({
    name: 'IDLE_STOP_MINUTES',
    group: 'stream',
    kind: 'number',
    meaning: 'Minutes without a viewer after which the channel stops; 0 for never.',
    default_value: '15',
  }),
];

const french: Readonly<Record<string, string>> = {
  XTREAM_URL: 'Adresse du serveur de votre fournisseur.',
  XTREAM_MAX_CONNECTIONS: 'Nombre maximal de connexions simultanées.',
  HOST: 'Adresse d’écoute : 0.0.0.0 permet aux autres machines de se connecter.',
  PORT: 'Port d’écoute.',
  PUBLIC_URL: 'Adresse à laquelle les autres joignent ce serveur, comme https://tv.example.org.',
  ADMIN_TOKEN: 'Jeton du propriétaire, au moins 12 caractères.',
  VIEWER_ACCESS: 'Qui peut regarder : public, key ou login.',
  DISCORD_VIEWER_ROLES: 'Spectateurs sur Discord : identifiants de rôles ou de personnes.',
  AUDIO_LANGUAGES: 'Langues préférées, la meilleure d’abord.',
  DATA_DIR: 'Dossier des clés, de la base de données et de ces réglages.',
  FFMPEG_PATH: 'Chemin de FFmpeg ; sinon, celui du PATH.',
  IDLE_STOP_MINUTES: 'Minutes sans spectateur au bout desquelles la chaîne s’arrête ; 0 pour jamais.',
};

export const settingsInFrench: readonly Setting[] = settingsInEnglish.map((setting) => ({
  ...setting,
  meaning: french[setting.name] ?? '',
}));

type Changes = Readonly<Record<string, string | null>>;

/** Adds the routes of all settings and of the restart to the set-up page's server. */
export class FakeSettings {
  items: readonly Setting[];
  /** Health requests that fail while the server restarts. */
  restartTakes = 2;
  readonly #server: SetupServer;
  #former: readonly Setting[] | null = null;
  notices: readonly string[] = ['There is no setting VIEWER_ACESS: did you mean VIEWER_ACCESS?'];
  #away = 0;

  constructor(server: SetupServer, items = settingsInEnglish) {
    this.items = items;
    this.#server = server;
    const { routes } = server;
    routes.set('GET /api/settings', () => this.#list());
    routes.set('PUT /api/settings', ({ changes }) => this.#change(changes));
    routes.set('POST /api/settings/undo', () => this.#undo());
    routes.set('POST /api/restart', () => this.#restart());
    routes.set('GET /health', () => this.#health());
  }

  valueOf(name: string): string | null | undefined {
    return this.items.find((setting) => setting.name === name)?.value;
  }

  #list(): Answer {
    return [200, { items: this.items, can_undo: this.#former !== null, notices: this.notices }];
  }

  #change(changes: Changes): Answer {
    const problems = Object.entries(changes).flatMap(([name, value]) => {
      const kind = this.items.find((setting) => setting.name === name)?.kind;
      if (kind === 'number' && value !== null && !/^\d+$/.test(value))
        return [{ name, message: `${name} must be a whole number.` }];
      if (kind === 'address' && value !== null && !/^https?:/.test(value))
        return [{ name, message: `${name} must begin with http:// or https://.` }];
      return [];
    });
    if (problems.length > 0)
      return [400, { error: { code: 'settings_wrong', message: 'Correct these settings.', problems } }];
    this.#former = this.items;
    this.items = this.items.map((setting) => changed(setting, changes));
    this.#noteRestart();
    return this.#list();
  }

  #undo(): Answer {
    if (this.#former === null) return [409, refusal('nothing_to_undo', 'There is nothing to undo.')];
    this.items = this.#former;
    this.#former = null;
    this.#noteRestart();
    return this.#list();
  }

  #noteRestart(): void {
    const needs = this.items.filter(({ applies, source }) => applies === 'restart' && source === 'page');
    this.#server.set({ needs_restart: needs.map(({ name }) => name) });
  }

  #restart(): Answer {
    this.#away = this.restartTakes;
    this.#server.set({
      needs_restart: [],
      watch: { ...this.#server.setup.watch, instance: 'another-one' },
    });
    return [202, {}];
  }

  #health(): Answer {
    if (this.#away === 0) return [200, { status: 'ok', instance: this.#server.setup.watch.instance }];
    this.#away -= 1;
    return [503, refusal('stopping', 'The server is stopping.')];
  }
}

function changed(setting: Setting, changes: Changes): Setting {
  const value = changes[setting.name];
  if (value === undefined) return setting;
  const isSet = value !== null;
  return {
    ...setting,
    value: setting.kind === 'secret' ? null : (value ?? setting.default_value),
    is_set: isSet,
    source: isSet ? 'page' : 'default',
  };
}
