import { findFfmpeg } from '../src/stream/ffmpeg/binary.ts';
import { play, record } from './paced-source.ts';
import { startPanel, startZapette } from './tools.ts';

const countries = ['FR', 'UK', 'DE', 'ES', 'IT', 'PT', 'TR', 'NL'];
const qualities = ['SD', 'HD', 'FHD'];

interface Options {
  readonly soundChannels?: 1 | 2;
  readonly env?: Record<string, string>;
  /** As `startZapette` has it. */
  readonly shipped?: boolean;
  /** Of the panel's list. */
  readonly channels?: number;
}

/** An endless channel of 8 Mb/s, a panel that serves it, and Zapette. */
export async function startEightMegabits({
  soundChannels = 1,
  env = {},
  shipped = false,
  channels = 1,
}: Options = {}) {
  const { path: ffmpegPath } = await findFfmpeg(process.env.FFMPEG_PATH ?? null);
  const recording = await record(ffmpegPath, {
    keyframeSeconds: 2,
    megabits: 8,
    seconds: 60,
    size: '1920x1080',
    soundChannels,
  });
  const panel = await startPanel([
    { id: 1, name: 'Eight megabits', serve: (response) => void play(recording, response, 0, 2) },
    ...Array.from({ length: channels - 1 }, (_, at) => ({
      ...{
        id: at + 2,
        name: `${countries[at % countries.length]}: Channel ${Math.floor(at / 3)} ${qualities[at % 3]}`,
      },
      serve: () => {},
    })),
  ]);
  const zapette = await startZapette({ account: panel.account, env, shipped });
  return {
    ffmpegPath,
    panel,
    zapette,
    stop: async () => {
      await zapette.stop();
      await panel.stop();
    },
  };
}
