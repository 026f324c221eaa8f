import type { DatabaseSync } from 'node:sqlite';
import { Clients } from '../access/clients.ts';
import { type Access, createAccess } from '../access/create-access.ts';
import type { DiscordLoginSettings } from '../access/discord-login.ts';
import type { GateRules } from '../access/gate.ts';
import type { Keys } from '../access/keys.ts';
import { type ConfiguredIds, nobody } from '../access/people.ts';
import { PrivateLinks } from '../access/private-links.ts';
import { ChannelMarks } from '../actions/channel-marks.ts';
import { Votes } from '../actions/votes.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { ChannelFollower, type LoginMemory } from '../catalogue/channel-follower.ts';
import { NewEvents } from '../catalogue/new-events.ts';
import type { Config } from '../config/config.ts';
import type { Settings } from '../config/settings.ts';
import type { OwnAccount } from '../domain/ids.ts';
import type { Clock } from '../lib/clock.ts';
import { Emitter } from '../lib/emitter.ts';
import type { Logger } from '../lib/logger.ts';
import { ChannelChoices } from '../store/channel-choices.ts';
import { ChannelKeys } from '../store/channel-keys.ts';
import { StoredClients } from '../store/clients.ts';
import { EventNames } from '../store/event-names.ts';
import { Favourites } from '../store/favourites.ts';
import { Follows } from '../store/follows.ts';
import { GuideMatches } from '../store/guide-matches.ts';
import { History } from '../store/history.ts';
import { StoredPrivateLinks } from '../store/private-links.ts';
import { RecordingRules } from '../store/recording-rules.ts';
import { StoredRecordings } from '../store/recordings.ts';
import { VoteMessages } from '../store/vote-messages.ts';
import type { Screens } from '../stream/screen/screens.ts';
import { HistoryRecorder } from './history-recorder.ts';
import type { Part } from './lifecycle.ts';

export interface PeopleOptions {
  readonly settings: Pick<Settings, 'current'>;
  readonly keys: Keys;
  readonly login: LoginMemory;
  readonly adminToken: () => string;
  readonly database: DatabaseSync;
  /** The database is a backup: its last rows are lost. */
  readonly wasRestored: boolean;
  /** The account that the catalogue lists. */
  readonly ownAccount: OwnAccount;
  readonly catalogue: Catalogue;
  readonly screens: Pick<Screens, 'follow'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface PeopleApi {
  readonly access: Access;
  /** Whom the settings let in; the same object as long as they are the same. */
  readonly listed: () => ConfiguredIds;
  readonly links: PrivateLinks;
  readonly clients: Clients;
  readonly favourites: Favourites;
  readonly channelKeys: ChannelKeys;
  readonly guideMatches: GuideMatches;
  readonly channelChoices: ChannelChoices;
  readonly follows: Follows;
  /** What has come to channels for events. */
  readonly newEvents: NewEvents;
  readonly history: History;
  readonly storedRecordings: StoredRecordings;
  readonly recordingRules: RecordingRules;
  /** Emits after each change of a stored recording. */
  readonly recordingChanges: Emitter;
  readonly marks: ChannelMarks;
  readonly votes: Votes;
  /** Calls back after each change of anybody's favourites, until the returned function is called. */
  readonly onFavourites: (listener: () => void) => () => void;
  /** Resolves once everything that is stored has followed the present list of channels. */
  readonly followed: () => Promise<void>;
  /** Who may watch, as the settings have it at the moment. */
  readonly rules: GateRules;
}

/** Who people are and what they may do, and what is kept of them: favourites, private links, votes and the history. */
export function createPeople(options: PeopleOptions): Part<PeopleApi> {
  const {
    settings,
    keys,
    login,
    adminToken,
    database,
    wasRestored,
    ownAccount,
    catalogue,
    screens,
    clock,
    logger,
  } = options;
  const rules: GateRules = {
    get adminToken() {
      return adminToken();
    },
    get viewerKey() {
      return settings.current.viewerAccess === 'public' ? null : keys.viewerKey;
    },
    get isPersonal() {
      return settings.current.viewerAccess === 'login';
    },
  };
  const listed = perConfig(settings, listedIn);
  const access = createAccess({
    database,
    logger,
    clock,
    rules,
    signingKey: keys.signingKey,
    listed,
    discordLogin: perConfig(settings, (config) => ({ settings: discordLoginOf(config) })),
  });
  const favouriteChanges = new Emitter<void>((err) =>
    logger.error({ err }, 'a listener of favourites failed'),
  );
  const favourites = new Favourites(database, () => favouriteChanges.emit());
  const history = new History(database);
  const storedLinks = new StoredPrivateLinks(database);
  const channelKeys = new ChannelKeys(database);
  if (wasRestored) channelKeys.skipLost();
  const marks = new ChannelMarks({ keys: channelKeys, ownAccount, logger });
  const guideMatches = new GuideMatches(database);
  const channelChoices = new ChannelChoices(database);
  const recordingChanges = new Emitter((err) => logger.error({ err }, 'a listener of recordings failed'));
  const storedRecordings = new StoredRecordings(database, () => recordingChanges.emit());
  const recordingRules = new RecordingRules(database);
  const remembering = [
    ...[favourites, history, storedLinks, channelKeys, guideMatches, channelChoices],
    ...[storedRecordings, recordingRules],
  ];
  const follower = new ChannelFollower(catalogue, remembering, login, logger);
  const newEvents = new NewEvents({ catalogue, names: new EventNames(database), clock, logger });
  const links = new PrivateLinks({ links: storedLinks, people: access.people, clock });
  const clients = new Clients({
    clients: new StoredClients(database),
    audit: access.audit,
    clock,
    logger,
  });
  const votes = new Votes({ clock, messages: new VoteMessages(database), logger });
  let endRecording = () => {};
  return {
    api: {
      access,
      listed,
      links,
      clients,
      favourites,
      channelKeys,
      guideMatches,
      channelChoices,
      follows: new Follows(database),
      newEvents,
      onFavourites: (listener) => favouriteChanges.subscribe(listener),
      followed: () => follower.followed(),
      history,
      storedRecordings,
      recordingRules,
      recordingChanges,
      marks,
      votes,
      rules,
    },
    start: () => {
      endRecording = screens.follow((screen) => {
        const recorder = new HistoryRecorder({ screen, history, before: screen.remembered, clock, logger });
        recorder.start();
        return () => recorder.stop();
      });
      follower.start();
      newEvents.start();
    },
    stop: async () => {
      votes.stop();
      links.stop();
      clients.stop();
      newEvents.stop();
      await follower.stop();
      endRecording();
    },
  };
}

/** Whom settings let in. */
export function listedIn({ discord, telegram }: Config): ConfiguredIds {
  return { discord: discord?.people ?? nobody, telegram: telegram?.people ?? nobody };
}

/** Makes something from the settings once for each of their versions. */
function perConfig<T>(settings: Pick<Settings, 'current'>, make: (config: Config) => T): () => T {
  let made: { readonly of: Config; readonly value: T } | null = null;
  return () => {
    const { current } = settings;
    if (made?.of !== current) made = { of: current, value: make(current) };
    return made.value;
  };
}

function discordLoginOf({ discord, language, publicUrl }: Config): DiscordLoginSettings | null {
  if (!discord?.login || !discord.guildId || !publicUrl) return null;
  return {
    ...discord.login,
    botToken: discord.token,
    guildId: discord.guildId,
    apiUrl: discord.apiUrl,
    redirectUri: `${publicUrl}/login/discord`,
    listed: discord.people,
    language,
  };
}
