/**
 * Changes the account, both bots' tokens, who may watch, the public address and more while players that are never touched
 * watch: Chromium and FFmpeg, and mpv and VLC if they are on the PATH. Prints how long each stood still at most.
 *
 *   node bench/settings.ts [seconds between two changes, 8 unless given]
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { findFfmpeg } from '../src/stream/ffmpeg/binary.ts';
import { DataDirs } from '../test/fakes/data-dir.ts';
import { aToken } from '../test/fakes/discord/a-token.ts';
import { FakeDiscord } from '../test/fakes/discord/fake-discord.ts';
import { startApp } from '../test/fakes/running-app.ts';
import { FakeTelegram } from '../test/fakes/telegram/fake-telegram.ts';
import { TsSource } from '../test/fakes/ts-source.ts';
import { FakePanel } from '../test/fakes/xtream-panel.ts';
import { startAudience } from '../test/soak/audience.ts';

const pause = Number(process.argv[2] ?? 8) * 1_000;
const [dataDirs, source, telegram, discord] = await Promise.all([
  DataDirs.create(),
  TsSource.render(),
  FakeTelegram.start(),
  FakeDiscord.start({
    applicationId: '100000000000000001',
    token: aToken,
    guilds: [{ id: '200000000000000001', name: 'Living room', channels: [], roles: [], members: [] }],
  }),
]);
const panelOf = async (...names: string[]) => {
  const panel = await FakePanel.start({ channels: names.map((name, at) => ({ id: at + 1, name })) });
  panel.live.set('*', source.serve);
  return panel;
};
const [first, second] = await Promise.all([panelOf('TF1 HD', 'Arte HD'), panelOf('CNN', 'Rai', 'TF1 HD')]);
const login = ({ url, username, password }: FakePanel) => ({
  XTREAM_URL: url,
  XTREAM_USERNAME: username,
  XTREAM_PASSWORD: password,
});
const server = await startApp(await dataDirs.next(), {
  DISCORD_API_URL: discord.api,
  TELEGRAM_API_URL: telegram.url,
});
await server.settings.change(login(first));
while ((await server.post('/set_active_stream', { channel_id: 1 })).status !== 200) await sleep(500);
const { path } = await findFfmpeg(null);
const audience = await startAudience(server.url, path, true);
await sleep(15_000);

const changes: readonly [what: string, values: Record<string, string | null>][] = [
  ['who may watch: with the key', { VIEWER_ACCESS: 'key' }],
  ['who may watch: logged in', { VIEWER_ACCESS: 'login' }],
  ['the public address', { PUBLIC_URL: 'https://tv.example.org' }],
  ['another public address', { PUBLIC_URL: 'https://other.example.org' }],
  ["Discord's token", { DISCORD_TOKEN: aToken }],
  ["Telegram's token", { TELEGRAM_TOKEN: telegram.token }],
  ['another Discord token', { DISCORD_TOKEN: `${aToken.slice(0, -1)}x` }],
  ['no bots', { DISCORD_TOKEN: null, TELEGRAM_TOKEN: null }],
  ['roles and languages', { TELEGRAM_VIEWER_IDS: '7', DEFAULT_LANGUAGE: 'fr', AUDIO_LANGUAGES: 'fr' }],
  ['encoder and etiquette', { VIDEO_ENCODER: 'h264_qsv', ETIQUETTE: 'free', REACTIONS: 'room' }],
  ['another account with the same channel', login(second)],
  ['the first account again', login(first)],
];
for (const [what, values] of changes) {
  await server.settings.change(values);
  await sleep(pause);
  const { body } = await server.get('/stream_status');
  console.log(`${what}: ${body.state}, ${body.channel_name}`);
}
await audience.stop();
for (const line of audience.describe()) console.log(line);
const failed = audience.failed();
console.log(failed.length === 0 ? 'every player plays on' : failed.join('\n'));
await server.app.stop();
source.stop();
await Promise.all([first.stop(), second.stop(), telegram.stop(), discord.stop()]);
await dataDirs.remove();
process.exit(failed.length === 0 ? 0 : 1);
