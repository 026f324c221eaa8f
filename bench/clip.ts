/**
 * Measures how long a clip of 30 seconds takes from the press of the card's button to the file in the chat: a channel of
 * 8 Mb/s in 1080p, a server process, and a test server of Discord on loopback. The upload itself takes no time here.
 *
 *   node bench/clip.ts [runs, 3 unless given]
 */
import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { APIMessage } from 'discord.js';
import { findFfmpeg } from '../src/stream/ffmpeg/binary.ts';
import { token as discordToken, ids, startScene } from '../test/fakes/discord/scene.ts';
import { play, record } from './paced-source.ts';
import { median, seconds, startPanel, startZapette, table, until } from './tools.ts';

const CLIP = 30_000;
const BUTTON = 'v1:clip';
const PATIENCE = 10 * 60_000;
const MEGABYTE = 1024 * 1024;

const runs = Number(process.argv[2] ?? 3);
const { path: ffmpegPath } = await findFfmpeg(process.env.FFMPEG_PATH ?? null);
const recording = await record(ffmpegPath, {
  ...{ keyframeSeconds: 2, megabits: 8, seconds: 60, size: '1920x1080', soundChannels: 2 },
});
const panel = await startPanel(
  [1, 2].map((id) => ({
    ...{ id, name: `Eight megabits ${id}` },
    serve: (response) => void play(recording, response, id * 3, 2),
  })),
);
// Answers are late by the system's clock alone.
const { fake } = await startScene({ clock: Date });
const zapette = await startZapette({
  account: panel.account,
  env: {
    ...{ DISCORD_TOKEN: discordToken, DISCORD_API_URL: fake.api, DISCORD_GUILD_ID: ids.guild },
    DISCORD_CONTROLLER_ROLES: ids.dj,
  },
});
const anna = fake.user(ids.anna);
const rows: string[][] = [];
try {
  await fake.online();
  await until(async () => fake.registeredCommands(ids.guild).length > 0, 30_000);
  await zapette.post('/set_active_stream', { channel_id: 1 });
  await sleep(CLIP + 15_000);
  rows.push(await measure('one channel, as it is (copied)', 100));
  rows.push(await measure('one channel, to fit 10 MB', 10));
  rows.push(await measure('across a switch (encoded)', 100, switchAway));
  rows.push(await measure('across a switch, to fit 10 MB', 10, switchAway));
} finally {
  await zapette.stop();
  await fake.stop();
  await panel.stop();
}
console.log(`Seconds from the press, median of ${runs}; load of the machine ${loadavg()[0]?.toFixed(1)}`);
console.log(table(['clip of 30 s', 'lines', 'file', 'from … to', 'MB of the file'], rows));

/** @param megabytes that Discord allows a file to have. */
async function measure(what: string, megabytes: number, prepare = async () => {}): Promise<string[]> {
  fake.setFileLimit(megabytes * MEGABYTE);
  const found: { lines: number; file: number; size: number }[] = [];
  for (let run = 0; run < runs; run++) {
    await prepare();
    found.push(await press());
  }
  const files = found.map(({ file }) => file);
  const row = [
    what,
    seconds(median(found.map(({ lines }) => lines))),
    seconds(median(files)),
    `${seconds(Math.min(...files))} … ${seconds(Math.max(...files))}`,
    (median(found.map(({ size }) => size)) / MEGABYTE).toFixed(1),
  ];
  console.log(row.join(', '));
  return row;
}

async function press() {
  const card = await cardWithButton();
  const started = performance.now();
  const pressed = anna.press(card, BUTTON);
  const isClip = ({ content }: APIMessage) => content.includes('🎬');
  await pressed.until(({ followups }) => followups.some(isClip), PATIENCE);
  const lines = performance.now() - started;
  await pressed.until(
    ({ followups }) => followups.some(({ attachments }) => attachments.length > 0),
    PATIENCE,
  );
  const file = performance.now() - started;
  const size = pressed.followups.flatMap(({ attachments }) => attachments)[0]?.size ?? 0;
  return { lines, file, size };
}

async function cardWithButton(): Promise<APIMessage> {
  const { message } = await anna.command(ids.tv, 'status').answered(30_000);
  if (!JSON.stringify(message?.components).includes(BUTTON))
    throw new Error('the card has no button for clips');
  return message as APIMessage;
}

/** Changes the channel, so that it has been on for half of the clip. */
async function switchAway(): Promise<void> {
  const { channel_id: now } = JSON.parse(await zapette.text('/stream_status')) as { channel_id: number };
  await zapette.post('/set_active_stream', { channel_id: now === 1 ? 2 : 1 });
  await sleep(CLIP / 2);
}
