import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { PassThrough } from 'node:stream';
import { brotliCompressSync } from 'node:zlib';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { MockAgent } from 'undici';
import { Clients } from '../../src/access/clients.ts';
import { createAccess } from '../../src/access/create-access.ts';
import type { DiscordLoginOptions } from '../../src/access/discord-login.ts';
import { FirstStart } from '../../src/access/first-start.ts';
import { nobody } from '../../src/access/people.ts';
import { PrivateLinks } from '../../src/access/private-links.ts';
import { AccountPool } from '../../src/accounts/account-pool.ts';
import { Slots } from '../../src/accounts/slots.ts';
import { mayRulePlan } from '../../src/actions/recording-quota.ts';
import type { DiscordPorts } from '../../src/actions/set-up-discord.ts';
import { Votes } from '../../src/actions/votes.ts';
import { createScreens } from '../../src/app/create-screens.ts';
import { createSetup } from '../../src/app/create-setup.ts';
import { createSetupDiscord } from '../../src/app/create-setup-discord.ts';
import { HistoryRecorder } from '../../src/app/history-recorder.ts';
import { settingsPort } from '../../src/app/settings-port.ts';
import { Catalogue } from '../../src/catalogue/catalogue.ts';
import { ChannelChooser } from '../../src/catalogue/channel-chooser.ts';
import { Guide, type GuideOptions } from '../../src/catalogue/guide/guide.ts';
import { GuideChoices } from '../../src/catalogue/guide/guide-choices.ts';
import { WholeGuide } from '../../src/catalogue/guide/whole-guide.ts';
import { Logos } from '../../src/catalogue/logos.ts';
import { SourceHealth } from '../../src/catalogue/source-health.ts';
import type { CommandContext } from '../../src/commands/context.ts';
import { Settings } from '../../src/config/settings.ts';
import type { AudioTrack, Sound } from '../../src/domain/audio-track.ts';
import type { Category, Channel, Programme } from '../../src/domain/channel.ts';
import type { AppError } from '../../src/domain/errors.ts';
import type { Etiquette } from '../../src/domain/etiquette.ts';
import { mainAccount, ownIdOf, type ScreenId } from '../../src/domain/ids.ts';
import type { ReactionMode } from '../../src/domain/reaction.ts';
import type { ScreenFacts } from '../../src/domain/screen-facts.ts';
import type { SourceProvider } from '../../src/domain/source-provider.ts';
import type { Trouble } from '../../src/domain/trouble.ts';
import type { HttpContext } from '../../src/http/context.ts';
import { FrontDoor } from '../../src/http/front-door.ts';
import { createServer } from '../../src/http/server.ts';
import { Emitter } from '../../src/lib/emitter.ts';
import { LogTail } from '../../src/lib/log-tail.ts';
import { createLogger } from '../../src/lib/logger.ts';
import { takeOwnership } from '../../src/lib/owned-bytes.ts';
import { Secrets } from '../../src/lib/secrets.ts';
import { Figures } from '../../src/metrics/figures.ts';
import { Metrics } from '../../src/metrics/metrics.ts';
import { EdgePrefix } from '../../src/outputs/edges/edge-prefix.ts';
import { Edges } from '../../src/outputs/edges/edges.ts';
import { edgePlaylists, onEdge } from '../../src/outputs/edges/on-edge.ts';
import { LineUp } from '../../src/outputs/line-up.ts';
import { SentBytes } from '../../src/outputs/sent-bytes.ts';
import { Clips } from '../../src/recordings/clips/clips.ts';
import { Playback } from '../../src/recordings/playing/playback.ts';
import { Recordings } from '../../src/recordings/recordings.ts';
import { RuleRunner } from '../../src/recordings/rules/rule-runner.ts';
import { Watchers } from '../../src/recordings/watchers.ts';
import { ChannelChoices } from '../../src/store/channel-choices.ts';
import { ChannelKeys } from '../../src/store/channel-keys.ts';
import { StoredClients } from '../../src/store/clients.ts';
import { openDatabase } from '../../src/store/database.ts';
import { Favourites } from '../../src/store/favourites.ts';
import { Follows } from '../../src/store/follows.ts';
import { GuideMatches } from '../../src/store/guide-matches.ts';
import { History } from '../../src/store/history.ts';
import { StoredPrivateLinks } from '../../src/store/private-links.ts';
import { RecordingRules } from '../../src/store/recording-rules.ts';
import { StoredRecordings } from '../../src/store/recordings.ts';
import { VoteMessages } from '../../src/store/vote-messages.ts';
import { NULL_PID, PACKET_SIZE, TICKS_PER_SECOND } from '../../src/stream/mpeg-ts/packets.ts';
import { AudioChoices } from '../../src/stream/screen/audio-choices.ts';
import { Broadcast } from '../../src/stream/screen/broadcast.ts';
import {
  ChannelFeed,
  type FeedEnding,
  type FeedOptions,
  type FeedTaker,
  type SegmentTaker,
} from '../../src/stream/screen/channel-feed.ts';
import { LiveChannel } from '../../src/stream/screen/live-channel.ts';
import type { ScreenWish } from '../../src/stream/screen/on-air-item.ts';
import { Reactions } from '../../src/stream/screen/reactions.ts';
import { joinScreen, type Screen } from '../../src/stream/screen/screen.ts';
import { Slate } from '../../src/stream/screen/slate.ts';
import { ViewerHistory } from '../../src/stream/screen/viewer-history.ts';
import { LivePlaylist } from '../../src/stream/segments/live-playlist.ts';
import type { SegmentRing } from '../../src/stream/segments/ring/segment-ring.ts';
import { Thumbnails } from '../../src/stream/segments/ring/thumbnails.ts';
import type { CutSegment } from '../../src/stream/segments/segmenter.ts';
import { Timeline } from '../../src/stream/segments/timeline.ts';
import { Tuners } from '../../src/stream/tuner/tuners.ts';
import { someMarks } from './channel-marks.ts';
import { FakeClock } from './fake-clock.ts';
import { mainId, numberOf } from './main-id.ts';
import { noPast } from './no-past.ts';
import { noRendition } from './no-rendition.ts';
import { noWholeGuide } from './no-whole-guide.ts';
import type { Origin } from './origin.ts';
import { plainHttp } from './plain-http.ts';
import { FakeSetupAccount } from './setup-account.ts';
import { FakeSetupAccounts } from './setup-accounts.ts';
import { someBundle, someKeys } from './some-bundle.ts';
import { FakeTelegramSetup } from './telegram-setup.ts';

export const ADMIN_TOKEN = 'the-admin-token-of-tests';
export const VIEWER_KEY = 'key/of+viewers';
export const FIRST_SEQUENCE = 1_795_520_118;
export const bearer = { authorization: `Bearer ${ADMIN_TOKEN}` };

const someCategories: readonly Category[] = [
  { id: '3', name: 'France' },
  { id: '9', name: 'Empty' },
];
const logoOf = (id: number) => `http://logos.example/${id}.png`;
export const someChannels: readonly Channel[] = [
  {
    id: mainId(1),
    number: 1,
    name: 'TF1 HD',
    categoryId: '3',
    logo: logoOf(1),
    epgId: 'tf1',
    archiveDays: 0,
  },
  { id: mainId(2), number: 2, name: 'Canal+', categoryId: '3', logo: null, epgId: null, archiveDays: 0 },
  {
    id: mainId(3),
    number: null,
    name: 'Arte',
    categoryId: null,
    logo: logoOf(3),
    epgId: null,
    archiveDays: 0,
  },
];

const INSTANCE = 'this-very-one';
const keys = {
  adminToken: 'a',
  viewerKey: 'b',
  signingKey: 'c',
  webhookSecret: 'd',
  deviceId: '10ABCDE1',
  shown: true,
  isSetUp: false,
};
/** Takes everything and keeps nothing. */
const keysFile = { write: async () => {} };

export interface FakeHttpOptions {
  readonly channels?: readonly Channel[];
  readonly categories?: readonly Category[];
  readonly key?: boolean;
  /** Whether viewers must log in, as with VIEWER_ACCESS=login. */
  readonly personal?: boolean;
  /** Settings of "Log in with Discord". */
  readonly discord?: Omit<DiscordLoginOptions, 'people' | 'language' | 'signer'>;
  readonly setupDiscord?: DiscordPorts;
  readonly embedOrigins?: readonly string[];
  /** The edges, all of which work. */
  readonly segmentsUrls?: readonly string[];
  readonly playlistCacheSeconds?: number;
  /** Whether the lower rendition is named; there is no encoder. */
  readonly lowerRendition?: boolean;
  readonly isAccessLogged?: boolean;
  /** Whether nobody has answered yet who may watch. */
  readonly firstStart?: boolean;
  readonly publicUrl?: string;
  readonly host?: string;
  readonly trustProxy?: boolean | string;
  readonly language?: 'fr' | 'en';
  /** The environment of the settings that the pages list and change, with no other effect. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly reactions?: ReactionMode;
  readonly etiquette?: Etiquette;
  readonly recordingsPerPerson?: number;
  /** The provider's whole guide. */
  readonly whole?: GuideOptions['whole'];
  /** A file of GuideWriter, to be read as the server does. */
  readonly guideFile?: string;
  /** Of the screen; by default it has none. */
  readonly past?: SegmentRing;
  readonly clips?: Clips;
  readonly thumbnails?: Thumbnails;
  /** The id of the screen; the default one's where it is missing. */
  readonly screen?: ScreenId;
  readonly setupAccount?: FakeSetupAccount;
  readonly setupAccounts?: FakeSetupAccounts;
  /** The folder that an import goes to. */
  readonly dataDir?: string;
  /** The address of channels at `/<id>`, for parts that open them themselves. */
  readonly origin?: Origin;
}

/** The server over a real broadcast with invented channels, without processes or a network, on the test's clock. */
export interface FakeHttp {
  /** Sends a request to the server without a network. The server is built at the first request, as bots need none. */
  readonly app: { readonly inject: (request: InjectOptions | string) => Promise<LightMyRequestResponse> };
  /** The server itself, with all its routes. */
  readonly server: () => Promise<FastifyInstance>;
  /** Everything that the routes and the commands need. */
  readonly context: HttpContext & CommandContext;
  /** The default screen. */
  readonly screen: Screen;
  readonly health: SourceHealth;
  readonly pictureHealth: FakePictureHealth;
  readonly clock: FakeClock;
  /** By the channel's number, the error with which it fails to open. */
  readonly failures: Map<number, Error>;
  /** Numbers of channels that send nothing until they are cancelled. */
  readonly silent: Set<number>;
  /** By the channel's number, its audio tracks; none by default. */
  readonly tracks: Map<number, readonly AudioTrack[]>;
  /** Ends the source of the channel on air; it is restarted only if `retry` says so. */
  readonly end: (error: AppError, retry: boolean) => void;
  /** The provider's guide for every channel. */
  readonly guide: Programme[];
  /** The source of logos. */
  readonly web: MockAgent;
  /** The lines of the log. */
  readonly log: () => Record<string, unknown>[];
  readonly database: DatabaseSync;
  /** The recordings as they are stored; none ever begins. */
  readonly storedRecordings: StoredRecordings;
  /** The folder of recordings, which is made with the first file. */
  readonly recordingsDir: string;
  /** The settings of Telegram's bot, which the set-up page changes. */
  readonly telegram: FakeTelegramSetup;
  /** The secrets that must not be in the log. */
  readonly secrets: Secrets;
  /** Adds a segment as a channel on air does, and returns its number. */
  readonly publish: (fill?: number) => number;
  /** Listens for real connections, and returns the address. */
  readonly listen: () => Promise<string>;
  readonly door: FrontDoor;
  readonly stop: () => Promise<void>;
}

export async function startFakeHttp(options: FakeHttpOptions = {}): Promise<FakeHttp> {
  const clock = new FakeClock();
  const failures = new Map<number, Error>();
  const silent = new Set<number>();
  const guide: Programme[] = [];
  const web = new MockAgent();
  web.disableNetConnect();
  const out = new PassThrough();
  const secrets = new Secrets();
  const logTail = new LogTail(clock);
  const logger = createLogger({ level: 'debug', secrets, tail: logTail, out });
  const log = () =>
    String(out.read() ?? '')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  const provider = createProvider(
    options.channels ?? someChannels,
    options.categories ?? someCategories,
    guide,
    options.origin,
  );
  const database = openDatabase(':memory:');
  const channelChoices = new ChannelChoices(database);
  const catalogue = new Catalogue({
    accounts: [{ id: mainAccount, provider, store: { load: async () => null, save: async () => {} } }],
    choices: { all: () => channelChoices.all(), knowsIdsOf: () => true },
    clock,
    log: logger,
  });
  await catalogue.refresh().catch(() => {});
  const health = new SourceHealth({ catalogue, clock, logger });
  const slots = new Slots(1);
  const accounts = new AccountPool({
    accounts: [{ id: mainAccount, provider, slots, http: plainHttp }],
    clock,
  });
  const tuners = new Tuners(accounts, { clock, logger });
  const audioChoices = new AudioChoices(() => []);
  const tracks = new Map<number, readonly AudioTrack[]>();
  const feedOptions = {
    audioChoices,
    tuners,
    ffmpegPath: 'none',
    output: { audio: 'aac', videoEncoder: 'libx264' },
    clock,
    logger,
  } as const;
  let feed: FakeFeed | null = null;
  const pictureHealth = new FakePictureHealth();
  const makeScreen = (id: ScreenId, facts: () => ScreenFacts): Screen => {
    const past = options.past ?? noPast();
    const live = new LiveChannel({
      playlist: new LivePlaylist({
        storage: past,
        targetDuration: 6,
        window: 24,
        first: { sequence: FIRST_SEQUENCE, discontinuitySequence: 0 },
        logger,
      }),
      timeline: new Timeline(10),
      slate: new Slate([createSegment(0x51), createSegment(0x52)]),
      clock,
    });
    const broadcast = new Broadcast({
      id,
      live,
      tuners,
      createFeed: (wish, taker) => {
        feed = new FakeFeed(wish, feedOptions, taker, { failures, silent, tracks });
        return feed;
      },
      audioChoices,
      failover: null,
      stillFrame: () => Promise.reject(new Error('no picture')),
      clock,
      logger,
      idleStop: () => null,
    });
    const viewerHistory = new ViewerHistory(live.viewers, clock);
    const reactions = new Reactions({ mode: () => options.reactions ?? 'watch', broadcast, clock, logger });
    const rendition = noRendition(live.playlist, clock, options.lowerRendition);
    return joinScreen(
      { facts, broadcast, rendition, past, viewerHistory, reactions, pictureHealth, remembered: null },
      logger,
    );
  };
  const screenParts = await createScreens({
    make: async (id, facts) => {
      const screen = makeScreen(options.screen ?? id, facts);
      return { api: { screen, resume: () => {} }, stop: () => screen.broadcast.shutdown() };
    },
    forget: async () => {},
    ...{ database, clock, logger },
  });
  const { screens } = screenParts.api;
  const screen = screens.all()[0] as Screen;
  const { broadcast } = screen;
  const { live } = broadcast;
  const guideMatches = new GuideMatches(database);
  const follows = new Follows(database);
  const wholeGuide = new WholeGuide({
    sources: () =>
      options.guideFile === undefined ? [] : [{ account: mainAccount, path: options.guideFile }],
    chosen: (channelId) => guideMatches.of(channelId),
    ...{ catalogue, clock, logger },
  });
  if (options.guideFile !== undefined) await wholeGuide.start();
  const whole = options.guideFile === undefined ? (options.whole ?? noWholeGuide) : wholeGuide;
  const programmeGuide = new Guide({ provider, whole, clock, logger });
  const chooser = new ChannelChooser({ catalogue, choices: channelChoices });
  const guideChoices = new GuideChoices({ whole: wholeGuide, matches: guideMatches, catalogue, clock });
  pages ??= createPages();
  const webDir = await pages;
  const listed = () => ({ discord: nobody, telegram: telegram.listed });
  const discordLogin = {
    settings: options.discord ? ({ ...options.discord, language: 'en' } as const) : null,
  };
  const { people, sessions, audit, ...access } = createAccess({
    database,
    logger,
    clock,
    rules: {
      adminToken: ADMIN_TOKEN,
      viewerKey: options.key || options.personal ? VIEWER_KEY : null,
      isPersonal: options.personal ?? false,
    },
    signingKey: 'signing key of tests',
    listed,
    discordLogin: () => discordLogin,
  });
  const clips = options.clips ?? new Clips({ folder: '/nonexistent', ffmpegPath: 'none', clock, logger });
  const links = new PrivateLinks({ links: new StoredPrivateLinks(database), people, clock });
  const clients = new Clients({ clients: new StoredClients(database), audit, clock, logger });
  const history = new History(database);
  const recordingChanges = new Emitter((error) => {
    throw error;
  });
  const storedRecordings = new StoredRecordings(database, () => recordingChanges.emit());
  const edges = new Edges({
    ...{ urls: () => options.segmentsUrls ?? [], check: async () => true, clock, logger },
  });
  const edgePrefix = new EdgePrefix(() => 'the-secret-of-the-edges');
  const recordingsDir = join(tmpdir(), `zapette-recordings-${randomUUID()}`);
  const recordingRules = new RecordingRules(database);
  const recordings = new Recordings({
    ...{ stored: storedRecordings, root: recordingsDir, changes: recordingChanges },
    ...{ clock, watchers: new Watchers(clock) },
    schedule: { look: () => {}, drop: async () => {}, halt: async () => {} },
  });
  screens.follow((each) => {
    const recorder = new HistoryRecorder({ screen: each, history, before: null, clock, logger });
    recorder.start();
    return () => recorder.stop();
  });
  // The first change makes it.
  const dataDir = join(tmpdir(), `zapette-settings-${randomUUID()}`);
  const settings = Settings.open({ ...options.settings, DATA_DIR: dataDir });
  const isFirst = options.firstStart ?? false;
  const firstStart = new FirstStart({ isOpen: isFirst, guards: isFirst }, keys, keysFile, logger);
  const setup = createSetup({
    settings,
    audit: { audit, clock },
    firstStart,
    sessions,
    channels: { lastAnswerOf: () => null },
    accounts: { id: mainAccount },
    door: { url: 'http://127.0.0.1:8002' },
    instance: INSTANCE,
    restart: () => {},
  });
  const telegram = new FakeTelegramSetup({ people, audit, database, secrets, clock });
  const favourites = new Favourites(database, () => lineUp.refresh());
  const lineUp: LineUp = new LineUp({
    screens,
    catalogue,
    keys: new ChannelKeys(database),
    favourites: () => favourites.remembered().map(({ channelId }) => channelId),
    offered: () => settings.current.outputChannels,
    followed: async () => {},
    clock,
    logger,
  });
  lineUp.start();
  const sent = new SentBytes();
  const lag = { worst: 0.003 };
  const figures = new Figures({ screens, sent, lag, clock });
  const metrics = new Metrics({
    ...{ screens, sent, edges, lag, figures },
    accounts: () => [{ id: mainAccount, slots }],
    isInTrouble: (account) => health.troubleOf(account) !== null,
    recordings: () => recordings.all(),
    volumes: { data: tmpdir() },
    guides: () => [clock.now() - 60_000, null],
    now: () => clock.now(),
  });
  const context: HttpContext & CommandContext = {
    screens,
    screenKeeper: screenParts.api,
    screenOf: (place) => screenParts.api.screenOf(place),
    onPlaceChosen: (listener) => screenParts.api.onPlaceChosen(listener),
    movePlace: (from, to) => {
      screenParts.api.movePlace(from, to);
      follows.move(from, to);
    },
    ownAccount: { id: mainAccount },
    slots,
    health,
    catalogue,
    provider,
    accounts: [{ id: mainAccount, provider, slots }],
    guide: programmeGuide,
    guideChoices,
    chooser,
    logos: new Logos(web),
    tuners,
    deviceId: keys.deviceId,
    links,
    clips,
    clients,
    lineUp,
    people,
    sessions,
    audit,
    marks: someMarks,
    ...access,
    get listed() {
      return listed();
    },
    setupTelegram: telegram.ports,
    favourites,
    follows,
    history,
    recordings,
    playback: new Playback({
      ...{ recordings, root: recordingsDir, watchers: new Watchers(clock), ffmpegPath: 'ffmpeg', clock },
      audioLanguages: () => settings.current.audioLanguages,
    }),
    recordingRules,
    ruleRunner: new RuleRunner({
      ...{
        rules: recordingRules,
        stored: storedRecordings,
        recordings,
        guide: programmeGuide,
        catalogue,
        clock,
        logger,
      },
      margins: () => ({ before: 0, after: 0 }),
      mayPlan: (rule) => mayRulePlan(context, rule),
    }),
    recordingMargins: { before: 2 * 60_000, after: 5 * 60_000 },
    recordingsPerPerson: options.recordingsPerPerson ?? 5,
    thumbnails: options.thumbnails ?? new Thumbnails('none'),
    votes: new Votes({ clock, messages: new VoteMessages(database), logger }),
    etiquette: options.etiquette ?? 'polite',
    machine: {
      ffmpeg: { version: '7.1', bundled: false },
      isDemo: false,
      accountsOff: [],
      bots: () => ({ discord: 'on', telegram: 'on' }),
      disk: async () => ({ path: '/data', free: 5e9, isWritable: true }),
      database: () => ({ trouble: null, restored: null }),
      publicUrl: async () => ({ url: null, is: 'unset' }),
      discovery: () => 'off',
      guides: () => [],
      jellyfin: async () => 'off',
      recordings: async () => null,
      pasts: () => ({ wanted: 0, screens: [] }),
      seats: () => null,
      edges: () => [],
    },
    installation: {
      dataDir: options.dataDir ?? '/nonexistent',
      parts: () => ({ settings: someBundle.settings, keys: someKeys, database }),
    },
    clock,
    logger,
    logTail,
    settings: settingsPort(settings, { audit, clock }),
    language: options.language ?? 'en',
    publicUrl: options.publicUrl ?? null,
    firstStart,
    setup,
    host: options.host ?? '127.0.0.1',
    trustProxy: options.trustProxy ?? false,
    isWatchingPersonal: options.personal ?? false,
    watchUrl: () => null,
    recordingUrl: () => null,
    logosUrl: null,
    setupDiscord:
      options.setupDiscord ??
      createSetupDiscord({ settings, audit: { audit, clock }, secrets, bots: () => null }),
    setupAccount: options.setupAccount ?? new FakeSetupAccount(),
    setupAccounts: options.setupAccounts ?? new FakeSetupAccounts(),
    embedOrigins: options.embedOrigins ?? [],
    isAccessLogged: options.isAccessLogged ?? false,
    sent,
    metrics,
    figures,
    onSwitch: (seconds) => metrics.noteSwitch('http', seconds),
    onAnswer: (call) => metrics.noteCommand(call),
    edges,
    edgePrefix,
    onEdge: onEdge(edges, edgePrefix),
    edgePlaylists: edgePlaylists({
      ...{ edges, prefix: edgePrefix, clock },
      isOn: () => (options.playlistCacheSeconds ?? 0) > 0,
    }),
    playlistCacheSeconds: options.playlistCacheSeconds ?? 0,
    webDir,
    webhooks: new Map(),
    version: '1.2.3',
    instance: INSTANCE,
  };
  let made: Promise<FastifyInstance> | null = null;
  const server = async (): Promise<FastifyInstance> => {
    made ??= createServer(context);
    const app = await made;
    await app.ready();
    return app;
  };
  const door = new FrontDoor({ host: '127.0.0.1', port: 0, inheritedSocket: null });
  const publisher = {};
  return {
    server,
    app: { inject: async (request) => (await server()).inject(request) },
    context,
    screen,
    health,
    pictureHealth,
    clock,
    failures,
    silent,
    tracks,
    end: (error, retry) => feed?.end({ error, retry }),
    guide,
    web,
    log,
    database,
    storedRecordings,
    recordingsDir,
    telegram,
    secrets,
    publish: (fill = 0x61) => live.publish(createSegment(fill), publisher).sequence,
    door,
    listen: async () => {
      door.open((await server()).server);
      return door.listen();
    },
    stop: async () => {
      for (const folder of [settings.current.dataDir, recordingsDir])
        rmSync(folder, { recursive: true, force: true });
      metrics.stop();
      links.stop();
      clients.stop();
      await lineUp.stop();
      await door.close();
      await (await made)?.close();
      await screenParts.stop?.();
      await tuners.stop();
      await wholeGuide.stop();
      await catalogue.stop();
      await web.close();
      database.close();
    },
  };
}

/** Two seconds of stuffing whose bytes identify the segment. */
export function createSegment(fill: number): CutSegment {
  const bytes = Buffer.alloc(PACKET_SIZE * 4, fill);
  for (let at = 0; at < bytes.length; at += PACKET_SIZE) {
    bytes.set([0x47, NULL_PID >> 8, NULL_PID & 0xff, 0x10], at);
  }
  return { bytes: takeOwnership(bytes), ticks: 2 * TICKS_PER_SECOND, start: 0, independent: true };
}

/** A picture health whose fault the test sets. */
export class FakePictureHealth {
  trouble: Trouble | null = null;
  readonly #changes = new Emitter((error) => {
    throw error;
  });

  subscribe(listener: () => void): () => void {
    return this.#changes.subscribe(listener);
  }

  set(trouble: Trouble | null): void {
    this.trouble = trouble;
    this.#changes.emit();
  }
}

/** A feed that is on air at once, or never. */
class FakeFeed extends ChannelFeed {
  readonly #onSegment: SegmentTaker;
  readonly #failure: Error | undefined;
  readonly #isSilent: boolean;
  readonly #sound: Sound;
  readonly #ending = Promise.withResolvers<FeedEnding>();

  constructor(
    wish: ScreenWish,
    options: FeedOptions,
    taker: FeedTaker,
    { failures, silent, tracks }: Pick<FakeHttp, 'failures' | 'silent' | 'tracks'>,
  ) {
    super(wish, options, taker);
    const number = numberOf(wish.channelId);
    this.#onSegment = taker.onSegment;
    this.#failure = failures.get(number);
    this.#isSilent = silent.has(number);
    const all = tracks.get(number) ?? [];
    this.#sound = { tracks: all, track: options.audioChoices.pick(wish.channelId, all) };
  }

  override get sound(): Sound {
    return this.#sound;
  }

  override get ended(): Promise<FeedEnding> {
    return this.#ending.promise;
  }

  override async start(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#failure) throw this.#failure;
    if (this.#isSilent) {
      await once(signal, 'abort');
      signal.throwIfAborted();
    }
    this.#onSegment(createSegment(0x60));
  }

  override async stop(): Promise<void> {}

  end(ending: FeedEnding): void {
    this.#ending.resolve(ending);
  }
}

function createProvider(
  channels: readonly Channel[],
  categories: readonly Category[],
  guide: readonly Programme[],
  origin: Origin | undefined,
): SourceProvider {
  return {
    account: async () => ({
      status: 'Active',
      expiresAt: null,
      maxConnections: 1,
      activeConnections: 0,
      outputFormats: ['ts'],
    }),
    lineup: async () => ({ categories, channels, dropped: 0 }),
    shortGuide: async () => [...guide],
    wholeGuide: () => Promise.reject(new Error('no whole guide')),
    source: (channelId) => ({
      channelId,
      url:
        origin?.url(`/${ownIdOf(channelId)}`) ??
        `http://panel.example/live/user/pass/${ownIdOf(channelId)}.ts`,
      format: 'ts',
      userAgent: 'test',
    }),
    archive: (channelId, { from, to }) => [
      {
        channelId,
        url: origin?.url(`/${ownIdOf(channelId)}/${from}-${to}`) ?? 'http://panel.example/timeshift',
        format: 'ts',
        userAgent: 'test',
        noteWorked: () => {},
        noteLive: () => {},
      },
    ],
  };
}

/** One folder for all servers of this process, which only read it. */
let pages: Promise<string> | null = null;

async function createPages(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'zapette-pages-'));
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  await mkdir(join(directory, 'assets'));
  const texts = [
    ['index.html', '<title>console</title>'],
    ['watch.html', '<title>watch</title>'],
    ['wall.html', '<title>wall</title>'],
    ['logo.png', 'our own logo'],
    ['assets/watch-a1b2c3.js', 'player();'],
  ] as const;
  for (const [name, text] of texts) {
    await writeFile(join(directory, name), text);
    await writeFile(join(directory, `${name}.br`), brotliCompressSync(text));
  }
  return directory;
}
