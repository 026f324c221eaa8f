import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type AccessOptions, createAccess } from '../access/access.ts';
import { nobody } from '../access/people.ts';
import { randomText } from '../access/signer.ts';
import { ViewerLinks } from '../access/viewer-links.ts';
import { owner } from '../access/visitor.ts';
import { Slots } from '../accounts/slots.ts';
import { CardSync } from '../bots/card-sync.ts';
import { Catalogue } from '../catalogue/catalogue.ts';
import { CatalogueFile } from '../catalogue/catalogue-file.ts';
import { FavouriteSync } from '../catalogue/favourite-sync.ts';
import { Logos } from '../catalogue/logos.ts';
import { SourceHealth } from '../catalogue/source-health.ts';
import type { CommandContext } from '../commands/context.ts';
import { HistoryKeeper } from '../commands/history-keeper.ts';
import { sentence } from '../commands/sentence.ts';
import { Votes } from '../commands/votes.ts';
import type { Config, XtreamConfig } from '../config/config.ts';
import { type DemoProvider, startDemoProvider } from '../demo/demo-provider.ts';
import { probeDisk, probePublicUrl } from '../doctor/probes.ts';
import { toAppError } from '../domain/errors.ts';
import type { Account } from '../domain/source-provider.ts';
import type { Webhooks } from '../domain/webhook.ts';
import { keyQuery, logosUrl } from '../http/addresses.ts';
import type { FrontDoor } from '../http/front-door.ts';
import { createServer } from '../http/server.ts';
import { type Clock, sleep, systemClock } from '../lib/clock.ts';
import type { LogTail } from '../lib/log-tail.ts';
import type { Logger } from '../lib/logger.ts';
import type { Secrets } from '../lib/secrets.ts';
import { Cards } from '../store/cards.ts';
import { Favourites } from '../store/favourites.ts';
import { History } from '../store/history.ts';
import { JsonFile } from '../store/json-file.ts';
import { Links } from '../store/links.ts';
import { VoteMessages } from '../store/vote-messages.ts';
import { type FfmpegBinary, findFfmpeg } from '../stream/ffmpeg/binary.ts';
import { glanceAt } from '../stream/health/glance.ts';
import { HealthWatch } from '../stream/health/health-watch.ts';
import { broadcastMemorySchema } from '../stream/screen/broadcast-memory.ts';
import { Comeback } from '../stream/screen/comeback.ts';
import { MemorySaver } from '../stream/screen/memory-saver.ts';
import { Reactions } from '../stream/screen/reactions.ts';
import { ViewerHistory } from '../stream/screen/viewer-history.ts';
import { SavedWindow } from '../stream/segments/saved-window.ts';
import { createDispatcher } from '../stream/tuner/dispatcher.ts';
import { Tuners } from '../stream/tuner/tuners.ts';
import { xtreamSecrets } from '../xtream/address.ts';
import { XtreamClient } from '../xtream/client.ts';
import { XtreamProvider } from '../xtream/provider.ts';
import { createGuide } from './create-guide.ts';
import { createProviderHttp } from './create-provider-http.ts';
import { createBroadcast, toOnAirItem } from './create-screen.ts';
import { openDataDir } from './open-data-dir.ts';
import { type Bots, startBots } from './start-bots.ts';

export interface AppOptions {
  readonly config: Config;
  readonly logger: Logger;
  /** Where the logger's last lines are. */
  readonly logTail: LogTail;
  readonly secrets: Secrets;
  readonly version: string;
  /** Listening already; opened once there is something to serve, and closed last. */
  readonly door: FrontDoor;
}

/** How the owner comes in at the first time. */
export interface FirstStart {
  readonly adminToken: string;
  /** Of a one-time link to the console. */
  readonly loginPath: string;
}

const RESUME_PATIENCE = 3_000;
/** Milliseconds to learn whether somebody else uses the account. */
const LINE_PATIENCE = 3_000;
/** Reported where nothing is wrong. */
const GOOD = 'good';

/** The composition root: everything is made and joined here, started in order and stopped in the reverse one. */
export class App {
  readonly #options: AppOptions;
  readonly #clock: Clock = systemClock;
  readonly #ending = new AbortController();
  /** Tells this process from any other. */
  readonly #instance = randomText(9);
  #bots: Bots = {};
  /** What to do to stop, in the order of starting. */
  readonly #stops: (() => Promise<unknown>)[] = [];
  #reported: string | null = null;
  #stopping: Promise<void> | null = null;

  constructor(options: AppOptions) {
    this.#options = options;
  }

  /**
   * Resolves once players are served; the provider is asked in the background.
   * @returns what the owner must be shown, if this is the first start.
   * @throws AppError ffmpeg_missing, or what is wrong with DATA_DIR
   */
  async start(): Promise<FirstStart | null> {
    const { config, door, logger, logTail, secrets } = this.#options;
    this.#stops.push(() => door.close());
    const ffmpeg = await findFfmpeg(config.ffmpegPath);
    this.#describe(ffmpeg);
    const { keys, keysFile, ...kept } = await openDataDir({
      path: resolve(config.dataDir),
      ...{ clock: this.#clock, logger },
      onStop: (stop) => this.#stops.push(stop),
    });
    const { database } = kept.database;
    const adminToken = config.adminToken ?? keys.adminToken;
    for (const secret of [adminToken, keys.viewerKey, keys.signingKey, keys.webhookSecret])
      secrets.add(secret);

    const demo = config.xtream ? null : await this.#startDemo(ffmpeg);
    const account = config.xtream ?? (demo as XtreamConfig);
    for (const secret of xtreamSecrets({ ...account, baseUrl: account.url })) secrets.add(secret);
    const http = createProviderHttp(secrets, account.url, config.tlsAccept);
    this.#stops.push(async () => http.close());
    // Logos are wherever the provider's list says, and it may not say our own network.
    const webDispatcher = createDispatcher(secrets, account.url);
    this.#stops.push(() => webDispatcher.destroy());
    const provider = new XtreamProvider(
      new XtreamClient({ ...account, baseUrl: account.url, userAgent: config.userAgent, http }),
      (error) => health.noteAccount(error),
    );
    const slots = new Slots(config.maxConnections ?? 1);
    const tuners = new Tuners(slots, {
      ...{ http, ffmpegPath: ffmpeg.path, clock: this.#clock, logger },
      askLine: () => provider.lineState(AbortSignal.timeout(LINE_PATIENCE)),
    });
    this.#stops.push(() => tuners.stop());
    const store = new CatalogueFile(join(config.dataDir, demo ? 'demo-catalogue' : 'catalogue'), logger);
    const catalogue = new Catalogue({
      provider,
      store,
      clock: this.#clock,
      log: logger,
      onFailure: (error) => {
        this.#report(error);
        health.noteCatalogue();
      },
    });
    const health = new SourceHealth({ catalogue, clock: this.#clock, logger });
    const { guide, ...guideKeeper } = createGuide({
      ...{ provider, catalogue, clock: this.#clock, logger },
      path: join(config.dataDir, demo ? 'demo-guide.db' : 'guide.db'),
    });
    const memory = new JsonFile(join(config.dataDir, 'broadcast.json'), broadcastMemorySchema);
    const remembered = await memory.read();
    const windowFile = new SavedWindow(config.dataDir);
    const window = await windowFile.take(this.#clock.now());
    const broadcast = await createBroadcast({
      ...{ ffmpegPath: ffmpeg.path, config, tuners, catalogue, provider, remembered, window },
      ...{ clock: this.#clock, logger },
    });
    const comeback = new Comeback({ broadcast, tuners, clock: this.#clock, logger });
    comeback.start();
    const pictureHealth = new HealthWatch({
      ...{ broadcast, tuners, acts: config.failover === 'bad', clock: this.#clock, logger },
      groupOf: (id) => catalogue.groupOf(id)?.variants[0].id ?? id,
      glance: (segments, signal) => glanceAt(segments, { ffmpegPath: ffmpeg.path, signal }),
    });
    pictureHealth.start();
    const viewerHistory = new ViewerHistory(broadcast.live.viewers, this.#clock);
    viewerHistory.start();
    const keeper = new MemorySaver({
      broadcast,
      file: memory,
      windowFile,
      before: remembered,
      clock: this.#clock,
      logger,
    });
    keeper.start();
    const { drain } = broadcast.live;
    this.#stops.push(
      () => drain.end(),
      // after the last segment
      () => keeper.stop(),
      () => broadcast.shutdown(),
      async () => comeback.stop(),
      async () => pictureHealth.stop(),
      () => drain.begin(),
      () => viewerHistory.stop(),
    );
    const history = new History(database);
    const historyKeeper = new HistoryKeeper({
      ...{ broadcast, history, logger },
      before: remembered,
      clock: this.#clock,
    });
    historyKeeper.start();
    this.#stops.push(async () => historyKeeper.stop());
    const favourites = new Favourites(database);
    const favouriteKeeper = new FavouriteSync(catalogue, favourites, logger);
    favouriteKeeper.start();
    this.#stops.push(() => favouriteKeeper.stop());
    const viewerKey = config.viewerAccess === 'public' ? null : keys.viewerKey;
    const isPersonal = config.viewerAccess === 'login';
    const listed = {
      discord: config.discord?.people ?? nobody,
      telegram: config.telegram?.people ?? nobody,
    };
    const { people, sessions, audit, ...web } = createAccess({
      database,
      logger,
      clock: this.#clock,
      adminToken,
      viewerKey,
      isPersonal,
      signingKey: keys.signingKey,
      listed,
      discordLogin: this.#discordLogin(),
    });
    const links = new ViewerLinks({ links: new Links(database), people, clock: this.#clock });
    this.#stops.push(async () => links.stop());
    const votes = new Votes({ clock: this.#clock, messages: new VoteMessages(database), logger });
    this.#stops.push(async () => votes.stop());
    const reactions = new Reactions({ mode: config.reactions, broadcast, clock: this.#clock, logger });
    this.#stops.push(async () => reactions.stop());
    const commands: CommandContext = {
      catalogue,
      provider,
      guide,
      broadcast,
      people,
      links,
      favourites,
      history,
      sessions,
      audit,
      listed,
      votes,
      reactions,
      pictureHealth,
      etiquette: config.etiquette,
      machine: {
        ffmpeg,
        isDemo: demo !== null,
        slots,
        bots: () => ({
          discord: this.#bots.discord?.state ?? 'off',
          telegram: this.#bots.telegram?.state ?? 'off',
        }),
        disk: () => probeDisk(config.dataDir),
        database: () => kept.database.health,
        publicUrl: () => probePublicUrl(config.publicUrl, this.#instance),
      },
      clock: this.#clock,
      logger,
      publicUrl: config.publicUrl,
      isWatchingPersonal: isPersonal,
      logosUrl: config.viewerAccess === 'public' ? logosUrl(config.publicUrl) : null,
      watchUrl: config.publicUrl && `${config.publicUrl}/watch${keyQuery(isPersonal ? null : viewerKey)}`,
    };

    const webhooks: Webhooks = new Map();
    const server = await createServer({
      webhooks,
      broadcast,
      slots,
      health,
      viewerHistory,
      catalogue,
      guide,
      logos: new Logos(webDispatcher),
      tuners,
      links,
      commands,
      ...web,
      embedOrigins: config.embedOrigins,
      settings: config.settings,
      ...{ logger, logTail },
      language: config.language,
      publicUrl: config.publicUrl,
      host: config.host,
      trustProxy: config.trustProxy,
      webDir: fileURLToPath(new URL('../../dist/web', import.meta.url)),
      version: this.#options.version,
      instance: this.#instance,
      isDemo: demo !== null,
    });
    await server.ready();
    // The account says how many connections there are and in which format, but may be slow to come.
    const accountRead = health.start((signal) => this.#readAccount(provider, slots, signal));
    const patience = sleep(this.#clock, RESUME_PATIENCE, this.#ending.signal).catch(() => {});
    if (remembered?.programme) {
      tuners.noteFreed();
      broadcast.resume(toOnAirItem(remembered.programme, provider), Promise.race([accountRead, patience]));
    }
    door.open(server.server);
    const connected = Promise.all([accountRead, guideKeeper.start().then(() => catalogue.start())]);
    this.#stops.push(
      () => connected,
      () => catalogue.stop(),
      () => guideKeeper.stop(),
      // First of these: the account may be asked of a provider that does not answer, and `connected` waits for it.
      async () => health.stop(),
    );
    const cards = new CardSync({ cards: new Cards(database), context: commands, logger });
    cards.start();
    votes.closeLeft((posted, reply) => cards.change(posted, reply));
    this.#stops.push(async () => cards.stop());
    // Early, while players still get segments: nothing is to take time between the last answer and the next process.
    this.#stops.push(() => kept.database.backUp());
    const shared = { config, context: commands, cards, database, clock: this.#clock, logger, secrets };
    this.#bots = startBots({ ...shared, webhooks, webhookSecret: keys.webhookSecret });
    for (const keeper of Object.values(this.#bots)) this.#stops.push(() => keeper.stop());
    if (keys.shown || config.adminToken) return null;
    await keysFile
      .write({ ...keys, shown: true })
      .catch((error: unknown) => logger.warn({ err: error }, 'keys.json could not be written'));
    return { adminToken, loginPath: `/login/${sessions.issueLink(owner)}` };
  }

  /** May be called twice, and while starting. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  #discordLogin(): AccessOptions['discordLogin'] {
    const { discord, language, publicUrl } = this.#options.config;
    if (!discord?.login || !discord.guildId || !publicUrl) return null;
    this.#options.secrets.add(discord.login.clientSecret);
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

  async #startDemo({ path }: FfmpegBinary): Promise<DemoProvider> {
    const { logger } = this.#options;
    logger.warn(
      'No account is set: this is the demo, with invented channels. ' +
        'Set XTREAM_URL, XTREAM_USERNAME and XTREAM_PASSWORD to watch your own.',
    );
    const demo = await startDemoProvider({ ffmpegPath: path, logger: logger.child({ part: 'demo' }) });
    this.#stops.push(() => demo.stop());
    return demo;
  }

  #describe({ version, bundled }: FfmpegBinary): void {
    if (bundled) {
      this.#options.logger.warn(
        { version },
        'No FFmpeg on this machine: using the bundled one from 2018. Install a current one when you can.',
      );
    } else this.#options.logger.info({ version }, 'FFmpeg found');
  }

  /** Learns how many connections the subscription allows; says what is wrong with it, and that it is over. */
  async #readAccount(provider: XtreamProvider, slots: Slots, signal: AbortSignal): Promise<Account> {
    const { config, logger } = this.#options;
    try {
      const account = await provider.account(signal);
      if (config.maxConnections === null) slots.capacity = account.maxConnections;
      if (this.#reported === GOOD) return account;
      this.#reported = GOOD;
      logger.info(
        { connections: slots.capacity, expires: account.expiresAt && new Date(account.expiresAt) },
        'account is good',
      );
      return account;
    } catch (error) {
      if (!signal.aborted) this.#report(error);
      throw error;
    }
  }

  /** Says in words what is wrong with the provider: once, though the account and the catalogue both find it out. */
  #report(error: unknown): void {
    const known = toAppError(error);
    if (known.code === this.#reported) return;
    this.#reported = known.code;
    this.#options.logger.error({ code: known.code, err: known }, sentence('en', known.code, known.params));
  }

  async #stop(): Promise<void> {
    this.#ending.abort();
    for (const stop of this.#stops.reverse()) {
      await stop().catch((error: unknown) =>
        this.#options.logger.error({ err: error }, 'could not stop cleanly'),
      );
    }
  }
}
