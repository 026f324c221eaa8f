import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { randomText } from '../access/signer.ts';
import { owner } from '../access/visitor.ts';
import { CardSync } from '../bots/card-sync.ts';
import type { CommandContext } from '../commands/context.ts';
import { voteCutOff } from '../commands/vote-reply.ts';
import type { Config } from '../config/config.ts';
import { probeDisk, probePublicUrl } from '../doctor/probes.ts';
import { demoAccount, mainAccount } from '../domain/ids.ts';
import type { Webhooks } from '../domain/webhook.ts';
import { keyQuery, logosUrl } from '../http/addresses.ts';
import type { FrontDoor } from '../http/front-door.ts';
import { createServer } from '../http/server.ts';
import { type Clock, systemClock } from '../lib/clock.ts';
import type { LogTail } from '../lib/log-tail.ts';
import type { Logger } from '../lib/logger.ts';
import type { Secrets } from '../lib/secrets.ts';
import { Cards } from '../store/cards.ts';
import { type FfmpegBinary, findFfmpeg } from '../stream/ffmpeg/binary.ts';
import { createAccount } from './create-account.ts';
import { type Bots, createBots } from './create-bots.ts';
import { createCatalogue } from './create-catalogue.ts';
import { createDataDir } from './create-data-dir.ts';
import { createPeople } from './create-people.ts';
import { createScreens } from './create-screens.ts';
import { Lifecycle } from './lifecycle.ts';

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
  async start(): Promise<FirstStart | null> {
    const { config, door, logger, logTail, secrets, version } = this.#options;
    const clock = this.#clock;
    const life = this.#life;
    /** Tells this process from any other. */
    const instance = randomText(9);

    await life.add('front door', { api: door, stop: () => door.close() });
    const ffmpeg = await findFfmpeg(config.ffmpegPath);
    describe(ffmpeg, logger);

    const ownAccount = config.xtream ? mainAccount : demoAccount;
    const dataDir = createDataDir({ path: resolve(config.dataDir), account: ownAccount, clock, logger });
    const { keys, keysFile, database: kept } = await life.add('data directory', dataDir);
    const { database } = kept;
    const adminToken = config.adminToken ?? keys.adminToken;
    for (const secret of [adminToken, keys.viewerKey, keys.signingKey, keys.webhookSecret])
      secrets.add(secret);
    if (config.discord?.login) secrets.add(config.discord.login.clientSecret);

    const account = await life.add(
      'account',
      await createAccount({
        config,
        ffmpegPath: ffmpeg.path,
        onAccount: (error) => health.noteAccount(error),
        secrets,
        clock,
        logger,
      }),
    );
    const channels = createCatalogue({
      account,
      dataDir: config.dataDir,
      maxConnections: config.maxConnections,
      clock,
      logger,
    });
    const { catalogue, guide, health } = channels.api;
    const screenParts = await life.add(
      'screens',
      await createScreens({ config, ffmpegPath: ffmpeg.path, account, catalogue, clock, logger }),
    );
    const { screens } = screenParts;
    const people = await life.add(
      'people',
      createPeople({
        config,
        keys,
        adminToken,
        database,
        wasRestored: kept.health.restored !== null,
        ownAccount,
        catalogue,
        screens: screenParts.all,
        clock,
        logger,
      }),
    );
    const { access, viewerKey, isWatchingPersonal } = people;

    let bots: Bots = {};
    const context: CommandContext = {
      catalogue,
      provider: account.provider,
      guide,
      screens,
      // Every place is about the default screen.
      screenOf: () => screens.get(),
      people: access.people,
      links: people.links,
      favourites: people.favourites,
      marks: people.marks,
      ownAccount,
      history: people.history,
      sessions: access.sessions,
      audit: access.audit,
      listed: people.listed,
      votes: people.votes,
      etiquette: config.etiquette,
      machine: {
        ffmpeg,
        isDemo: account.isDemo,
        slots: account.slots,
        bots: () => ({
          discord: bots.discord?.state ?? 'off',
          telegram: bots.telegram?.state ?? 'off',
        }),
        disk: () => probeDisk(config.dataDir),
        database: () => kept.health,
        publicUrl: () => probePublicUrl(config.publicUrl, instance),
      },
      clock,
      logger,
      publicUrl: config.publicUrl,
      isWatchingPersonal,
      logosUrl: config.viewerAccess === 'public' ? logosUrl(config.publicUrl) : null,
      watchUrl:
        config.publicUrl && `${config.publicUrl}/watch${keyQuery(isWatchingPersonal ? null : viewerKey)}`,
    };

    const webhooks: Webhooks = new Map();
    const server = await createServer({
      webhooks,
      screens,
      ownAccount,
      slots: account.slots,
      health,
      catalogue,
      guide,
      logos: account.logos,
      tuners: account.tuners,
      links: people.links,
      people: access.people,
      listed: people.listed,
      sessions: access.sessions,
      audit: access.audit,
      favourites: people.favourites,
      history: people.history,
      etiquette: config.etiquette,
      provider: account.provider,
      machine: context.machine,
      clock,
      gate: access.gate,
      tokens: access.tokens,
      invites: access.invites,
      visitors: access.visitors,
      discordLogin: access.discordLogin,
      embedOrigins: config.embedOrigins,
      settings: config.settings,
      logger,
      logTail,
      language: config.language,
      publicUrl: config.publicUrl,
      host: config.host,
      trustProxy: config.trustProxy,
      webDir: fileURLToPath(new URL('../../dist/web', import.meta.url)),
      version,
      instance,
    });
    await server.ready();

    await life.add('catalogue', channels);
    account.pool.expectAnswer(account.id, channels.api.accountRead());
    screenParts.resume();
    door.open(server.server);

    const cards = new CardSync({ cards: new Cards(database), context, logger });
    await life.add('cards', { api: cards, start: () => cards.start(), stop: () => cards.stop() });
    people.votes.closeLeft((message) => cards.change(message, voteCutOff(message.language)));
    // Early, while players still get segments: nothing may take time between the last answer and the next process.
    await life.add('backup', { api: kept, stop: () => kept.backUp() });
    bots = await life.add(
      'bots',
      createBots({
        config,
        context,
        cards,
        database,
        webhooks,
        webhookSecret: keys.webhookSecret,
        clock,
        logger,
        secrets,
      }),
    );

    if (keys.shown || config.adminToken) return null;
    await keysFile
      .write({ ...keys, shown: true })
      .catch((error: unknown) => logger.warn({ err: error }, 'keys.json could not be written'));
    return { adminToken, loginPath: `/login/${access.sessions.issueLink(owner)}` };
  }

  /** May be called twice, and while starting. */
  stop(): Promise<void> {
    return this.#life.stop();
  }
}

function describe({ version, bundled }: FfmpegBinary, logger: Logger): void {
  if (bundled) {
    logger.warn(
      { version },
      'No FFmpeg on this machine: using the bundled one from 2018. Install a current one when you can.',
    );
  } else logger.info({ version }, 'FFmpeg found');
}
