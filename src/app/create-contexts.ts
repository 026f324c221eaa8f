import { fileURLToPath } from 'node:url';
import type { FirstStart } from '../access/first-start.ts';
import { ChannelChooser } from '../catalogue/channel-chooser.ts';
import { GuideChoices } from '../catalogue/guide/guide-choices.ts';
import { guideTroubleOf } from '../catalogue/guide/guide-trouble.ts';
import type { CommandContext } from '../commands/context.ts';
import type { Settings } from '../config/settings.ts';
import { probeDisk, probePublicUrl } from '../doctor/probes.ts';
import { seatsOf } from '../doctor/seats.ts';
import type { BotStates } from '../domain/bot-state.ts';
import { watchPath } from '../domain/watch-paths.ts';
import type { Webhooks } from '../domain/webhook.ts';
import { keyQuery, logosUrl } from '../http/addresses.ts';
import type { HttpContext } from '../http/context.ts';
import type { Clock } from '../lib/clock.ts';
import type { LogTail } from '../lib/log-tail.ts';
import type { Logger } from '../lib/logger.ts';
import type { Figures } from '../metrics/figures.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { edgePlaylists, onEdge } from '../outputs/edges/on-edge.ts';
import type { LineUp } from '../outputs/line-up.ts';
import type { SentBytes } from '../outputs/sent-bytes.ts';
import type { Clips } from '../recordings/clips/clips.ts';
import type { KeptDatabase } from '../store/kept-database.ts';
import type { FfmpegBinary } from '../stream/ffmpeg/binary.ts';
import { Thumbnails } from '../stream/segments/ring/thumbnails.ts';
import type { AccountsApi } from './create-accounts.ts';
import type { CatalogueApi } from './create-catalogue.ts';
import type { DiscoveryApi } from './create-discovery.ts';
import type { EdgesApi } from './create-edges.ts';
import type { JellyfinApi } from './create-jellyfin.ts';
import type { PeopleApi } from './create-people.ts';
import type { RecordingsApi } from './create-recordings.ts';
import type { ScreensApi } from './create-screens.ts';
import { settingsPort } from './settings-port.ts';

/** The parts that chats and the web work on. */
export interface ContextParts {
  readonly settings: Settings;
  readonly accounts: AccountsApi;
  readonly channels: CatalogueApi;
  readonly screenParts: ScreensApi;
  readonly people: PeopleApi;
  readonly clips: Clips;
  readonly recorded: RecordingsApi;
  readonly edges: EdgesApi;
  readonly sent: SentBytes;
  readonly metrics: Metrics;
  readonly figures: Figures;
  readonly ffmpeg: FfmpegBinary;
  readonly database: Pick<KeptDatabase, 'health'>;
  readonly discovery: Pick<DiscoveryApi, 'state'>;
  readonly jellyfin: JellyfinApi;
  readonly bots: () => BotStates;
  /** Tells this process from any other. */
  readonly instance: string;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * What commands work on. Settings and the account change while the process runs: their properties are getters, so read them
 * when you need them, and never copy the object.
 */
export function createCommandContext(parts: ContextParts): CommandContext {
  const { settings, accounts, channels, screenParts, people, clips, ffmpeg, database } = parts;
  const { bots, instance, clock, logger } = parts;
  const { access, rules } = people;
  const { discovery, jellyfin } = parts;
  const { dataDir } = settings.current;
  return {
    catalogue: channels.catalogue,
    guide: channels.guide,
    provider: accounts.provider,
    get accounts() {
      return accounts.open;
    },
    ownAccount: accounts,
    screens: screenParts.screens,
    screenKeeper: screenParts,
    screenOf: (place) => screenParts.screenOf(place),
    onPlaceChosen: (listener) => screenParts.onPlaceChosen(listener),
    movePlace: (from, to) => {
      screenParts.movePlace(from, to);
      people.follows.move(from, to);
    },
    people: access.people,
    sessions: access.sessions,
    audit: access.audit,
    links: people.links,
    clips,
    clients: people.clients,
    favourites: people.favourites,
    follows: people.follows,
    recordings: parts.recorded.recordings,
    recordingRules: people.recordingRules,
    ruleRunner: parts.recorded.ruleRunner,
    tuners: accounts.tuners,
    marks: people.marks,
    history: people.history,
    votes: people.votes,
    onSwitch: (seconds) => parts.metrics.noteSwitch('chat', seconds),
    onAnswer: (call) => parts.metrics.noteCommand(call),
    machine: {
      ffmpeg,
      get isDemo() {
        return accounts.isDemo;
      },
      get accountsOff() {
        return settings.current.accounts.flatMap(({ id, isOff }) => (isOff ? id : []));
      },
      bots,
      disk: () => probeDisk(dataDir),
      database: () => database.health,
      publicUrl: () => probePublicUrl(settings.current.publicUrl, instance),
      discovery: () => discovery.state,
      guides: () =>
        channels.guideReports().map(({ account, place, failure }) => ({
          ...{ account, place },
          trouble: failure === null ? null : guideTroubleOf(failure),
        })),
      jellyfin: () => jellyfin.state(),
      recordings: () => parts.recorded.facts(),
      seats: () =>
        seatsOf({
          upload: settings.current.upload,
          screens: screenParts.screens,
          edges: parts.edges.edges.all.filter(({ works }) => works).length,
        }),
      edges: () => parts.edges.edges.all,
      pasts: () => ({
        wanted: settings.current.rewindMinutes * 60_000,
        screens: screenParts.screens.all().map(({ facts, past: { first, edge, trouble } }) => ({
          screen: facts.name,
          length: first && edge !== null ? edge - first.programDateTime : 0,
          trouble,
        })),
      }),
    },
    clock,
    logger,
    get listed() {
      return people.listed();
    },
    get recordingMargins() {
      return settings.current.recordingMargins;
    },
    get recordingsPerPerson() {
      return settings.current.recordingsPerPerson;
    },
    get etiquette() {
      return settings.current.etiquette;
    },
    get publicUrl() {
      return settings.current.publicUrl;
    },
    get isWatchingPersonal() {
      return rules.isPersonal;
    },
    get logosUrl() {
      const { viewerAccess, publicUrl } = settings.current;
      return viewerAccess === 'public' ? logosUrl(publicUrl) : null;
    },
    watchUrl: (screen) => {
      const { publicUrl } = settings.current;
      const key = keyQuery(rules.isPersonal ? null : rules.viewerKey);
      return publicUrl && `${publicUrl}${watchPath(screen)}${key}`;
    },
    recordingUrl: (id) => {
      const { publicUrl } = settings.current;
      const key = keyQuery(rules.isPersonal ? null : rules.viewerKey);
      return publicUrl && `${publicUrl}/watch/recordings/${id}${key}`;
    },
  };
}

type SetupPorts = Pick<
  HttpContext,
  'installation' | 'setup' | 'setupAccount' | 'setupAccounts' | 'setupDiscord' | 'setupTelegram'
>;

export interface HttpContextParts extends ContextParts, SetupPorts {
  readonly commands: Pick<CommandContext, 'machine'>;
  readonly firstStart: FirstStart;
  readonly lineUp: LineUp;
  readonly deviceId: string;
  readonly webhooks: Webhooks;
  readonly logTail: LogTail;
  readonly version: string;
}

/** What routes work on; the same holds as for commands. */
export function createHttpContext(parts: HttpContextParts): HttpContext {
  const { settings, accounts, channels, screenParts, people, instance, clock, logger } = parts;
  const { access } = people;
  const {
    installation,
    setup,
    setupAccount,
    setupAccounts,
    setupDiscord,
    setupTelegram,
    firstStart,
    clips,
    lineUp,
    webhooks,
    logTail,
    version,
  } = parts;
  return {
    catalogue: channels.catalogue,
    guide: channels.guide,
    guideChoices: new GuideChoices({
      whole: channels.wholeGuide,
      matches: people.guideMatches,
      ...{ catalogue: channels.catalogue, clock },
    }),
    chooser: new ChannelChooser({ catalogue: channels.catalogue, choices: people.channelChoices }),
    health: channels.health,
    provider: accounts.provider,
    get accounts() {
      return accounts.open;
    },
    logos: accounts.logos,
    tuners: accounts.tuners,
    deviceId: parts.deviceId,
    ownAccount: accounts,
    get slots() {
      return accounts.slots;
    },
    screens: screenParts.screens,
    screenKeeper: screenParts,
    people: access.people,
    sessions: access.sessions,
    audit: access.audit,
    gate: access.gate,
    tokens: access.tokens,
    invites: access.invites,
    visitors: access.visitors,
    links: people.links,
    clips,
    clients: people.clients,
    lineUp,
    favourites: people.favourites,
    recordings: parts.recorded.recordings,
    playback: parts.recorded.playback,
    recordingRules: people.recordingRules,
    ruleRunner: parts.recorded.ruleRunner,
    calendars: access.calendars,
    history: people.history,
    thumbnails: new Thumbnails(parts.ffmpeg.path),
    machine: parts.commands.machine,
    settings: settingsPort(settings, { audit: access.audit, clock }),
    ...{ installation, setup, setupAccount, setupAccounts, setupDiscord, setupTelegram, firstStart },
    ...{ webhooks, clock, logger, logTail, version, instance },
    webDir: fileURLToPath(new URL('../../dist/web', import.meta.url)),
    get listed() {
      return people.listed();
    },
    get discordLogin() {
      return access.discordLogin;
    },
    get recordingMargins() {
      return settings.current.recordingMargins;
    },
    get recordingsPerPerson() {
      return settings.current.recordingsPerPerson;
    },
    get etiquette() {
      return settings.current.etiquette;
    },
    get embedOrigins() {
      return settings.current.embedOrigins;
    },
    isAccessLogged: settings.current.isAccessLogged,
    edges: parts.edges.edges,
    sent: parts.sent,
    metrics: parts.metrics,
    figures: parts.figures,
    onSwitch: (seconds) => parts.metrics.noteSwitch('http', seconds),
    edgePrefix: parts.edges.prefix,
    onEdge: onEdge(parts.edges.edges, parts.edges.prefix),
    edgePlaylists: edgePlaylists({
      ...parts.edges,
      isOn: () => settings.current.playlistCacheSeconds > 0 && settings.current.edgeSecret !== null,
      clock,
    }),
    get playlistCacheSeconds() {
      return settings.current.playlistCacheSeconds;
    },
    get language() {
      return settings.current.language;
    },
    get publicUrl() {
      return settings.current.publicUrl;
    },
    get host() {
      return settings.current.host;
    },
    get trustProxy() {
      return settings.current.trustProxy;
    },
  };
}
