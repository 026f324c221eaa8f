import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { findFfmpeg } from '../../src/stream/ffmpeg/binary.ts';
import { ChaosProvider } from '../fakes/chaos-provider.ts';
import { FakeTelegram } from '../fakes/telegram/fake-telegram.ts';
import { startAudience } from './audience.ts';
import { CHANNELS, type Victim } from './faults.ts';
import { planFaults } from './schedule.ts';
import { Subject } from './subject.ts';
import { type Effect, effectOf, type Findings, growth, type Sample } from './verdicts.ts';
import { Witness } from './witness.ts';

export interface SoakOptions {
  readonly minutes: number;
  readonly seed: number;
  /** The least seconds between two faults. */
  readonly every: number;
  /** Quiet seconds after each fault. */
  readonly peace: number;
  /** The kinds of faults; empty for all. */
  readonly only: readonly string[];
  /** Whether Chromium, mpv and VLC also play, if they are installed. */
  readonly withPlayers: boolean;
  readonly say: (line: string) => void;
}

export interface SoakResult {
  readonly findings: Findings;
  readonly samples: readonly Sample[];
  /** One line per player on what it did. */
  readonly players: readonly string[];
  readonly log: string;
}

/** The provider accepts more connections than the account allows, so that a breach of the limit shows. */
const MOST_CONNECTIONS = 1;
const ACCEPTED_CONNECTIONS = 3;
const ADA = 8;
/** Seconds between two measurements of memory. */
const SAMPLE_EVERY = 30;
const FIRST_CHANNEL = 101;
/** Allowance for sockets of current requests and of keep-alive connections. */
const DESCRIPTORS_COME_AND_GO = 6;

/** Runs the soak to its end and stops all that it started. */
export async function soak(options: SoakOptions): Promise<SoakResult> {
  const { path: ffmpegPath } = await findFfmpeg(process.env.FFMPEG_PATH ?? null);
  await using stops = new AsyncDisposableStack();
  const provider = await ChaosProvider.start(ffmpegPath, CHANNELS, ACCEPTED_CONNECTIONS);
  stops.defer(() => provider.stop());
  const telegram = await FakeTelegram.start({ patience: 20_000 });
  stops.defer(() => telegram.stop());
  const subject = await Subject.start({
    XTREAM_URL: provider.panel.url,
    XTREAM_USERNAME: provider.panel.username,
    XTREAM_PASSWORD: provider.panel.password,
    XTREAM_MAX_CONNECTIONS: String(MOST_CONNECTIONS),
    TELEGRAM_TOKEN: telegram.token,
    TELEGRAM_API_URL: telegram.url,
    TELEGRAM_CONTROLLER_IDS: String(ADA),
    ETIQUETTE: 'free',
  });
  let orphans: number[] | null = null;
  stops.defer(async () => {
    orphans ??= await subject.stop();
  });
  const witness = new Witness(subject.url, () => subject.ask('GET', '/stream_status'));
  stops.defer(() => witness.stop());
  while (((await subject.ask('GET', '/api/channels')) as { total?: number }).total !== CHANNELS)
    await sleep(100);
  await Promise.all([witness.start(), telegram.polled()]);

  const lostWishes: string[] = [];
  const chatTroubles: string[] = [];
  const ada = telegram.user(ADA, { language_code: 'en' });
  await ada.start().reply();
  await play(1);
  const calm = { descriptors: await subject.descriptors() };
  const audience = await startAudience(subject.url, ffmpegPath, options.withPlayers);
  stops.defer(() => audience.stop());

  const victim: Victim = {
    provider,
    signalFfmpeg: async (signal) => {
      for (const id of (await subject.ffmpegs()).feeds) process.kill(id, signal);
    },
    lockDatabase: async (duration) => {
      const database = new DatabaseSync(join(subject.dataDir, 'zapette.db'), { timeout: 2_000 });
      database.exec('BEGIN EXCLUSIVE');
      await sleep(duration);
      database.exec('ROLLBACK');
      database.close();
    },
    ask: async (channel) => {
      await ada
        .say(ADA, `/play chaos ${channel}`)
        .reply()
        .catch((error: unknown) => chatTroubles.push(String(error).slice(0, 200)));
      await isOnAir(channel, 'asked for in the chat');
    },
    burst: async (channels, pause) => {
      const answers: Promise<unknown>[] = [];
      for (const channel of channels) {
        answers.push(play(channel).catch((error: unknown) => chatTroubles.push(`burst: ${String(error)}`)));
        await sleep(pause);
      }
      await Promise.all(answers);
      await isOnAir(channels.at(-1) ?? 1, `the last of a burst of ${channels.length}`);
    },
  };

  const samples: Sample[] = [];
  let isOver = false;
  const sampling = keepSampling();
  const planned = planFaults({ ...options, seconds: options.minutes * 60 });
  const began = witness.now;
  const starts: number[] = [];
  const doing: Promise<void>[] = [];
  for (const { at, fault } of planned) {
    await sleep(Math.max(0, (began + at - witness.now) * 1000));
    options.say(`${at.toFixed(0)} s  ${fault.kind}${fault.away > 0 ? ` (away ${fault.away} s)` : ''}`);
    starts.push(witness.now);
    doing.push(
      Promise.resolve(fault.begin(victim)).catch((error: unknown) => {
        chatTroubles.push(`${fault.kind}: ${String(error)}`);
      }),
    );
    await sleep(fault.length * 1000);
    provider.recover();
  }
  await sleep(Math.max(0, (began + options.minutes * 60 - witness.now) * 1000));
  await Promise.all(doing);
  isOver = true;
  await sampling;

  const end = witness.now;
  const gaps = witness.gaps();
  const effects = planned.map((each, index): Effect => {
    const from = starts[index] ?? 0;
    const until = starts[index + 1] ?? end;
    return effectOf(each, [from, until], gaps, witness.told(from, until));
  });
  await audience.stop();
  await sleep(3_000);
  const after = await subject.descriptors();
  await subject.ask('POST', '/stop_stream', {});
  await sleep(3_000);
  const leftFfmpegs = (await subject.ffmpegs()).all.length;
  const leakedSlots = provider.panel.open.length;
  await witness.stop();
  const { log } = subject;
  orphans = await subject.stop();
  const findings: Findings = {
    effects,
    problems: witness.problems,
    growth: growth(samples, options.minutes, 'rss'),
    orphans,
    leakedSlots,
    mostSlots: provider.panel.mostOpen,
    allowedSlots: MOST_CONNECTIONS,
    leakedDescriptors: [...after].flatMap(([kind, count]) => {
      const more = count - (calm.descriptors.get(kind) ?? 0);
      return more > DESCRIPTORS_COME_AND_GO ? [`${more} of ${kind}`] : [];
    }),
    leftFfmpegs,
    failedPlayers: audience.failed(),
    lostWishes,
    chatTroubles: [...chatTroubles, ...telegram.violations.map((violation) => JSON.stringify(violation))],
  };
  return { findings, samples, players: audience.describe(), log };

  async function play(channel: number): Promise<void> {
    await subject.ask('POST', '/set_active_stream', { channel_id: FIRST_CHANNEL + channel - 1 });
  }

  /** Whether the channel requested last is on air or being opened. */
  async function isOnAir(channel: number, how: string): Promise<void> {
    for (let tries = 0; tries < 60; tries++) {
      const { channel_id: id, wanted } = (await subject.ask('GET', '/stream_status')) as {
        channel_id?: number | null;
        wanted?: { id: number } | null;
      };
      if (id === FIRST_CHANNEL + channel - 1 && !wanted) return;
      await sleep(250);
    }
    lostWishes.push(`Chaos ${channel}, ${how}`);
  }

  async function keepSampling(): Promise<void> {
    while (!isOver) {
      const memory = await subject.memory().catch(() => null);
      if (memory) samples.push({ at: witness.now, memory });
      for (let second = 0; second < SAMPLE_EVERY && !isOver; second++) {
        await subject.ffmpegs();
        await sleep(1_000);
      }
    }
  }
}
