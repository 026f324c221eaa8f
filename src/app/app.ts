import { join, resolve } from 'node:path';
import { FirstStart } from '../access/first-start.ts';
import type { Keys } from '../access/keys.ts';
import { randomText } from '../access/signer.ts';
import { owner } from '../access/visitor.ts';
import { CardSync } from '../bots/card-sync.ts';
import { variantsInAccounts } from '../catalogue/variants-in-accounts.ts';
import { voteCutOff } from '../commands/vote-reply.ts';
import type { Settings } from '../config/settings.ts';
import { demoAccount, mainAccount } from '../domain/ids.ts';
import { keeps } from '../domain/past-programme.ts';
import type { Webhooks } from '../domain/webhook.ts';
import type { FrontDoor } from '../http/front-door.ts';
import { createServer } from '../http/server.ts';
import { type Clock, systemClock } from '../lib/clock.ts';
import type { LogTail } from '../lib/log-tail.ts';
import type { Logger } from '../lib/logger.ts';
import type { Secrets } from '../lib/secrets.ts';
import { SentBytes } from '../outputs/sent-bytes.ts';
import { folderSize } from '../recordings/disk-use.ts';
import { Cards } from '../store/cards.ts';
import { type FfmpegBinary, findFfmpeg } from '../stream/ffmpeg/binary.ts';
import { RingDisk } from '../stream/segments/ring/ring-disk.ts';
import { applySettings, hideSecrets } from './apply-settings.ts';
import { createAccounts } from './create-accounts.ts';
import { type BotsApi, createBots } from './create-bots.ts';
import { createCatalogue } from './create-catalogue.ts';
import { clipsFolder, createClips } from './create-clips.ts';
import { type ContextParts, createCommandContext, createHttpContext } from './create-contexts.ts';
import { createDataDir } from './create-data-dir.ts';
import { createDiscovery } from './create-discovery.ts';
import { createEdges } from './create-edges.ts';
import { createInstallation } from './create-installation.ts';
import { createJellyfin } from './create-jellyfin.ts';
import { createLineUp } from './create-line-up.ts';
import { createMetrics } from './create-metrics.ts';
import { createPeople } from './create-people.ts';
import { createRecordings } from './create-recordings.ts';
import { createScreen, forgetScreen } from './create-screen.ts';
import { createScreens } from './create-screens.ts';
import { createSetup } from './create-setup.ts';
import { createSetupAccount } from './create-setup-account.ts';
import { createSetupAccounts } from './create-setup-accounts.ts';
import { createSetupDiscord } from './create-setup-discord.ts';
import { createSetupTelegram } from './create-setup-telegram.ts';
import { KnownLogin } from './known-login.ts';
import { Lifecycle } from './lifecycle.ts';
import { tellEvents } from './tell-events.ts';

export interface AppOptions {
  readonly settings: Settings;
  readonly logger: Logger;
  /** Where the logger's last lines are. */
  readonly logTail: LogTail;
  readonly secrets: Secrets;
  readonly version: string;
  /** Listening already; opened once there is something to serve, and closed last. */
  readonly door: FrontDoor;
  /** Ends the process and starts it anew. */
  readonly restart: () => void;
}

/** How the owner comes in at the first time. */
export interface OwnersWay {
  /** Null if it was shown before. */
  readonly adminToken: string | null;
  /** Of a one-time link to the set-up page, or to the console where the settings answer who may watch. */
  readonly loginPath: string;
  /** Addresses in front of it, the best for a phone first. */
  readonly addresses: readonly string[];
}

/** The address on which every network's machines are answered. */
const EVERYWHERE = '0.0.0.0';
/** Milliseconds; until the set-up is over, every start prints another link. */
const FIRST_LINK_LIFETIME = 24 * 60 * 60_000;

/** The composition root: makes every part and joins them. */
export class App {
  readonly #options: AppOptions;
  readonly #clock: Clock = systemClock;
  readonly #life: Lifecycle;

  constructor(options: AppOptions) {
    this.#options = options;
    this.#life = new Lifecycle(options.logger);
  }

  /**
   * Starts every part in this order; `stop` goes the other way. Resolves once players are served; the provider is asked
   * in the background.
   * @returns what the owner must be shown, if this is the first start.
   * @throws AppError ffmpeg_missing, or what is wrong with DATA_DIR
   */
  async start(): Promise<OwnersWay | null> {
    const { settings, door, logger, logTail, secrets, version } = this.#options;
    const config = settings.current;
    const clock = this.#clock;
    const life = this.#life;
    /** Tells this process from any other. */
    const instance = randomText(9);

    await life.add('front door', { api: door, stop: () => door.close() });
    const ffmpeg = await findFfmpeg(config.ffmpegPath);
    describe(ffmpeg, logger);

    const dataDir = createDataDir({
      path: resolve(config.dataDir),
      account: config.xtream ? mainAccount : demoAccount,
      clock,
      logger,
    });
    const { keys, keysFile, database: kept } = await life.add('data directory', dataDir);
    const { database } = kept;
    const firstStart = new FirstStart(firstStartOf(settings, keys), keys, keysFile, logger);
    if (firstStart.isGuarded) await door.move({ ...config, host: EVERYWHERE });
    const adminToken = () => settings.current.adminToken ?? keys.adminToken;
    for (const secret of [keys.adminToken, keys.viewerKey, keys.signingKey, keys.webhookSecret])
      secrets.add(secret);
    hideSecrets(config, secrets);

    const login = new KnownLogin({ dataDir: config.dataDir, signingKey: keys.signingKey, settings, logger });
    await login.load();
    const accounts = await life.add(
      'accounts',
      await createAccounts({
        config,
        ffmpegPath: ffmpeg.path,
        onAccount: (account, error) => health.noteAccount(account, error),
        variantsOf: (channelId, past) =>
          variantsInAccounts(
            catalogue,
            channelId,
            (variant) => !past || keeps(variant, past.from, clock.now()),
          ),
        // Recordings share the tuners, and so they are made after them.
        recorded: { open: (id, at, signal) => recordings.api.playback.open(id, at, signal) },
        secrets,
        dataDir: config.dataDir,
        sealingKey: keys.signingKey,
        clock,
        logger,
      }),
    );
    const channels = createCatalogue({
      accounts,
      dataDir: config.dataDir,
      login,
      settings,
      // Their tables follow the lists, and so they are made after them.
      chosenGuide: (channelId) => people.guideMatches.of(channelId),
      choices: () => people.channelChoices.all(),
      secrets,
      clock,
      logger,
    });
    const { catalogue, health } = channels.api;
    const ringDisk = new RingDisk({
      folder: join(resolve(config.dataDir), 'cache', 'rewind'),
      length: () => settings.current.rewindMinutes * 60_000,
      clips: () => folderSize(clipsFolder(config.dataDir)),
      clock,
      logger,
    });
    const clips = await life.add(
      'clips',
      createClips({
        ...{ dataDir: config.dataDir, ffmpegPath: ffmpeg.path, clock, logger },
        share: () => ringDisk.share(),
      }),
    );
    const screenParts = await life.add(
      'screens',
      await createScreens({
        make: (id, facts) =>
          createScreen({
            ...{ id, facts, settings, ffmpegPath: ffmpeg.path },
            ...{ login, accounts, catalogue, ringDisk, clock, logger },
          }),
        forget: (id) => forgetScreen(id, config.dataDir, ringDisk),
        ...{ database, clock, logger },
      }),
    );
    const { screens } = screenParts;
    const people = await life.add(
      'people',
      createPeople({
        settings,
        keys,
        login,
        adminToken,
        database,
        wasRestored: kept.health.restored !== null,
        ownAccount: accounts,
        catalogue,
        screens,
        clock,
        logger,
      }),
    );
    const lineUp = await life.add(
      'line-up',
      createLineUp({ settings, catalogue, screens, people, clock, logger }),
    );
    const { deviceId } = keys;
    const discovery = createDiscovery({ settings, deviceId, accounts, firstStart, door, clock, logger });
    const jellyfin = createJellyfin({
      ...{ settings, lineUp, deviceId, clock, logger },
      ...{ screens, clients: people.clients },
    });
    const recordings = createRecordings({
      ...{
        settings,
        stored: people.storedRecordings,
        changes: people.recordingChanges,
        rules: people.recordingRules,
        people: people.access.people,
        accounts,
        catalogue,
        guide: channels.api.guide,
      },
      ...{ ffmpegPath: ffmpeg.path, clock, logger },
      onFile: (path) => jellyfin.api.fileMade(path),
    });
    const edges = createEdges({ settings, signingKey: keys.signingKey, clock, logger });
    const sent = new SentBytes();
    const metrics = createMetrics({
      ...{ settings, accounts, channels: channels.api, screens, sent, clock },
      ...{ recorded: recordings.api, edges: edges.api },
    });
    let bots: BotsApi | null = null;
    const parts: ContextParts = {
      ...{ settings, accounts, channels: channels.api, screenParts, people, clips, ffmpeg, database: kept },
      ...{ discovery: discovery.api, jellyfin: jellyfin.api, recorded: recordings.api, edges: edges.api },
      ...{ sent, ...metrics.api },
      ...{ bots: () => bots?.states() ?? { discord: 'off', telegram: 'off' }, instance, clock, logger },
    };
    const context = createCommandContext(parts);
    const { access } = people;
    const audit = { audit: access.audit, clock };
    const { restart } = this.#options;
    const setup = createSetup({
      ...{
        settings,
        audit,
        firstStart,
        sessions: access.sessions,
        channels: channels.api,
        accounts,
        door,
        instance,
        restart,
      },
    });
    const botSetup = { settings, audit, secrets, bots: () => bots };
    const setupTelegram = createSetupTelegram({ ...botSetup, people, database });
    const webhooks: Webhooks = new Map();
    const server = await createServer(
      createHttpContext({
        ...parts,
        ...{ commands: context, firstStart, deviceId, webhooks, logTail, version, lineUp },
        installation: createInstallation({ dataDir: resolve(config.dataDir), keys, database, settings }),
        setup,
        setupTelegram,
        setupDiscord: createSetupDiscord(botSetup),
        setupAccounts: createSetupAccounts({ settings, audit, accounts, channels: channels.api, secrets }),
        setupAccount: createSetupAccount({
          ...{ settings, audit, channels: channels.api, screens, secrets, clock },
        }),
      }),
    );
    settings.applyWith(
      applySettings({
        ...{ accounts, channels: channels.api, screens, people, bots: () => bots },
        ...{ discovery: discovery.api, lineUp, door, secrets, logger },
      }),
    );
    await server.ready();

    await life.add('metrics', metrics);
    await life.add('catalogue', channels);
    screenParts.resume();
    await life.add('recordings', recordings);
    door.open(server.server);
    await life.add('edges', edges);
    await life.add('discovery', discovery);
    await life.add('jellyfin', jellyfin);

    const cards = new CardSync({ cards: new Cards(database), context, logger });
    await life.add('cards', { api: cards, start: () => cards.start(), stop: () => cards.stop() });
    people.votes.closeLeft((message) => cards.change(message, voteCutOff(message.language)));
    // Early, while players still get segments: nothing may take time between the last answer and the next process.
    await life.add('backup', { api: kept, stop: () => kept.backUp() });
    const botParts = createBots({
      ...{ settings, context, cards, database, webhooks, webhookSecret: keys.webhookSecret },
      ...{ ownerCodes: setupTelegram.codes, clock, logger, secrets },
    });
    bots = botParts.api;
    await life.add('bots', botParts);
    const { newEvents, follows } = people;
    const endNews = tellEvents({ events: newEvents, follows, cards, context });
    await life.add('news', { api: null, stop: async () => endNews() });

    if ((keys.shown && !firstStart.isOpen) || config.adminToken) return null;
    if (!keys.shown)
      await keysFile
        .write({ ...keys, shown: true })
        .catch((error: unknown) => logger.warn({ err: error }, 'keys.json could not be written'));
    // A former start's link is in the terminal still.
    access.sessions.endLinks(owner.id);
    const lifetime = firstStart.isOpen ? FIRST_LINK_LIFETIME : undefined;
    return {
      adminToken: keys.shown ? null : adminToken(),
      loginPath: `/login/${access.sessions.issueLink(owner, 'admin', lifetime)}`,
      addresses: config.publicUrl
        ? [config.publicUrl]
        : [...(firstStart.isGuarded ? setup.addresses : []), door.url],
    };
  }

  /** May be called twice, and while starting. */
  stop(): Promise<void> {
    return this.#life.stop();
  }
}

/** Whoever has set the owner's token is asked nothing. Where HOST is set, everybody whom it reaches is served at once. */
function firstStartOf(settings: Settings, { isSetUp }: Keys): { isOpen: boolean; guards: boolean } {
  const isOpen = !isSetUp && settings.current.adminToken === null;
  return { isOpen, guards: isOpen && settings.sourceOf('HOST') === 'default' };
}

function describe({ version, bundled }: FfmpegBinary, logger: Logger): void {
  if (bundled) {
    logger.warn(
      { version },
      'No FFmpeg on this machine: using the bundled one from 2018. Install a current one when you can.',
    );
  } else logger.info({ version }, 'FFmpeg found');
}
