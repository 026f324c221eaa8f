import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createProviderHttp } from '../app/create-provider-http.ts';
import { homeOf, providerOf, secretsOf } from '../app/open-account.ts';
import { DATABASE_FILE, readDatabaseFile, readKeysFile } from '../bundle/data-dir.ts';
import { type AccountConfig, type Config, ConfigError } from '../config/config.ts';
import { listenProblem } from '../config/listen-problem.ts';
import { Settings } from '../config/settings.ts';
import { checkUp, type Finding } from '../doctor/check-up.ts';
import type { AccountFacts, Facts } from '../doctor/facts.ts';
import { probeDisk } from '../doctor/probes.ts';
import { AppError, toAppError } from '../domain/errors.ts';
import { demoAccount, mainAccount } from '../domain/ids.ts';
import type { Account } from '../domain/source-provider.ts';
import { systemClock } from '../lib/clock.ts';
import { nearestFolder } from '../lib/nearest-folder.ts';
import { Secrets } from '../lib/secrets.ts';
import { findFfmpeg } from '../stream/ffmpeg/binary.ts';
import { doctorMessagesIn } from '../words/messages-in.ts';
import { sentence } from '../words/sentence.ts';
import { settingSentence } from '../words/setting-sentence.ts';
import type { CliContext } from './command.ts';

/** A line of the doctor's. */
export type Found = Pick<Finding, 'mark' | 'topic' | 'text'>;

const ACCOUNT_PATIENCE = 10_000;

/**
 * Looks at what a start would need. It reads the account, and opens no stream and no bot.
 * @param isPortTaken a server of ours has the port.
 */
export async function examineHere(context: CliContext, isPortTaken: boolean): Promise<Found[]> {
  const { config, findings } = examineSettings(context);
  const own = [...findings];
  if (config && !isPortTaken) own.push(await examinePort(config, context));
  const [ffmpeg, accounts, disk, data] = await Promise.all([
    examineFfmpeg(context, config),
    config ? readAccounts(config) : [],
    nearestFolder(context.dataDir).then(probeDisk),
    examineData(context),
  ]);
  const neutral: Facts = {
    ffmpeg: { version: '', bundled: false },
    isDemo: config?.accounts.length === 0,
    accounts,
    accountsOff: config?.accounts.flatMap(({ id, isOff }) => (isOff ? id : [])) ?? [],
    publicUrl: { url: null, is: 'unset' },
    discovery: 'off',
    guides: [],
    jellyfin: 'off',
    bots: { discord: 'off', telegram: 'off' },
    here: null,
    disk,
    pasts: { wanted: 0, screens: [] },
    recordings: null,
    seats: null,
    edges: [],
    database: { trouble: null, restored: null },
    ahead: null,
    now: systemClock.now(),
  };
  const judged = checkUp(neutral, context.language, config ? ['account', 'disk'] : ['disk']);
  return [...own, ffmpeg, ...judged, ...data];
}

function examineSettings({ env, language, messages }: CliContext): {
  config: Config | null;
  findings: Found[];
} {
  const topic = messages.topics.settings;
  try {
    const { current: config, leftOut } = Settings.open(env);
    const texts = [
      ...leftOut.map(messages.leftOut),
      ...config.misspelt.map(({ name, nearest }) =>
        settingSentence(language, { name, rule: 'misspelt_setting', params: { nearest } }),
      ),
    ];
    const findings = texts.map((text): Found => ({ mark: 'warning', topic, text }));
    return {
      config,
      findings: findings.length > 0 ? findings : [{ mark: 'good', topic, text: messages.goodSettings }],
    };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const texts = error.problems.map((problem) => settingSentence(language, problem));
    return { config: null, findings: texts.map((text) => ({ mark: 'bad', topic, text })) };
  }
}

/** Tries to listen where the server would. */
async function examinePort(config: Config, { language, messages }: CliContext): Promise<Found> {
  const topic = messages.topics.port;
  const { host, port } = config;
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host, port }, resolve);
    });
    await new Promise((resolve) => server.close(resolve));
    return { mark: 'good', topic, text: messages.portIsFree(port) };
  } catch (error) {
    const problem = listenProblem((error as NodeJS.ErrnoException).code, config);
    return { mark: 'bad', topic, text: settingSentence(language, problem) };
  }
}

async function examineFfmpeg({ env, language }: CliContext, config: Config | null): Promise<Found> {
  const { topics, ffmpegIsOld } = doctorMessagesIn(language);
  const topic = topics.ffmpeg;
  try {
    const { version, bundled } = await findFfmpeg(config?.ffmpegPath ?? (env.FFMPEG_PATH || null));
    return bundled
      ? { mark: 'warning', topic, text: ffmpegIsOld(version) }
      : { mark: 'good', topic, text: version };
  } catch (error) {
    return { mark: 'bad', topic, text: sentenceOf(error, language) };
  }
}

/** The accounts in use; of the demo, only that it is there. */
async function readAccounts(config: Config): Promise<AccountFacts[]> {
  const neutral = {
    slots: { capacity: 0, limit: { origin: 'assumed' as const }, holders: [] },
    list: { channels: 0, refreshedAt: null, failure: null },
  };
  if (config.accounts.length === 0)
    return [{ ...neutral, id: demoAccount, answer: new AppError('internal') }];
  const used = config.accounts.filter(({ isOff }) => !isOff);
  return Promise.all(
    used.map(async (account) => ({
      ...neutral,
      id: account.id,
      answer: await readAccount(account, config),
    })),
  );
}

async function readAccount(
  account: AccountConfig,
  { userAgent, tlsAccept }: Config,
): Promise<Account | AppError> {
  const secrets = new Secrets();
  for (const secret of secretsOf(account)) secrets.add(secret);
  const http = createProviderHttp(secrets, homeOf(account), tlsAccept);
  const signal = AbortSignal.timeout(ACCOUNT_PATIENCE);
  try {
    return await providerOf(account, userAgent, http).account(signal);
  } catch (error) {
    return signal.aborted ? new AppError('provider_unreachable', {}, { cause: error }) : toAppError(error);
  } finally {
    http.close();
  }
}

/** Whether the keys and the database can be read; says nothing where they can. */
async function examineData({ dataDir, language, messages }: CliContext): Promise<Found[]> {
  const found: Found[] = [];
  await readKeysFile(dataDir).catch((error: unknown) =>
    found.push({ mark: 'bad', topic: messages.topics.keys, text: sentenceOf(error, language) }),
  );
  try {
    if (existsSync(join(dataDir, DATABASE_FILE))) readDatabaseFile(dataDir, mainAccount).close();
  } catch (error) {
    const topic = doctorMessagesIn(language).topics.database;
    found.push({ mark: 'bad', topic, text: sentenceOf(error, language) });
  }
  return found;
}

/** A sentence for people; of an unknown error its code, since its text may hold a secret. */
function sentenceOf(error: unknown, language: CliContext['language']): string {
  if (error instanceof AppError) return sentence(language, error.code, error.params);
  return String((error as NodeJS.ErrnoException).code ?? 'error');
}
