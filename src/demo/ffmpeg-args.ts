import { type DemoChannel, demoChannels, videoEncoder } from './channels.ts';

/** The text in the picture. */
export interface PictureOptions {
  /** A font file in FFmpeg's working directory; null for a picture without text. */
  readonly fontFile: string | null;
  /** The time that the clock in the picture shows at the first frame, in epoch milliseconds. */
  readonly clockAt: number;
  /** Seconds after which it ends; without end by default. */
  readonly seconds?: number;
}

/** The languages of the first and the second track. */
const LANGUAGES = ['fra', 'eng'];
/** Seconds between the timestamps of one channel and the next, so that they differ as those of unrelated real channels do. */
const TIMESTAMP_STRIDE = 3607;
const HALF_A_DAY = 12 * 3600;

/** The arguments for an FFmpeg that writes one channel to its standard output as MPEG-TS, as fast as it is read. */
export function ffmpegArgs(channel: DemoChannel, options: PictureOptions): string[] {
  const tones = tonesOf(channel);
  const sounds = tones.flatMap((frequency) => ['-f', 'lavfi', '-i', tone(frequency)]);
  const inputs = ['-f', 'lavfi', '-i', picture(channel, options), ...sounds];
  const names = ['-metadata', `service_name=${channel.name}`, '-metadata', 'service_provider=Zapette'];
  const start = ['-output_ts_offset', String(firstTimestamp(channel, options))];
  const length = options.seconds === undefined ? [] : ['-t', String(options.seconds)];
  const output = [...length, '-flush_packets', '1', '-f', 'mpegts', 'pipe:1'];
  const maps = ['-map', '0', ...tones.flatMap((_, at) => ['-map', String(at + 1)])];
  const languages = tones.flatMap((_, at) => [`-metadata:s:a:${at}`, `language=${LANGUAGES[at]}`]);
  const coded = [...videoArgs(channel), ...audioArgs(channel)];
  return [
    '-hide_banner',
    '-nostdin',
    '-loglevel',
    'error',
    ...inputs,
    ...maps,
    ...coded,
    ...names,
    ...languages,
    ...start,
    ...output,
  ];
}

/** Seconds. Two stretches of the past that follow one another have timestamps that do. */
function firstTimestamp(channel: DemoChannel, { clockAt, seconds }: PictureOptions): number {
  const own = demoChannels.indexOf(channel) * TIMESTAMP_STRIDE;
  return seconds === undefined ? own : own + (Math.floor(clockAt / 1000) % HALF_A_DAY);
}

/** Escapes a text for an option of a filter. FFmpeg parses it twice: as part of the graph and as the option. */
export function escapeForFilter(text: string): string {
  return text.replace(/[\\':]/g, '\\$&').replace(/[\\'[\],;]/g, '\\$&');
}

function picture(channel: DemoChannel, { fontFile, clockAt }: PictureOptions): string {
  const { colour, width, height, fps, name } = channel;
  const size = `s=${width}x${height}:r=${fps}`;
  const shape = `setsar=${channel.pixelAspect}`;
  // The test pattern has its own counter, which needs no font.
  if (fontFile === null) return `testsrc2=${size},${shape}`;

  const part = (share: number) => Math.round((height * share) / 2) * 2;
  const text = (content: string, fontSize: number, place: string) =>
    `drawtext=fontfile=${fontFile}:fontcolor=white:fontsize=${fontSize}:${place}:text=${escapeForFilter(content)}`;
  const boxed = `box=1:boxcolor=black@0.6:boxborderw=${part(0.03)}`;
  const title = text(name, part(0.12), `x=(w-tw)/2:y=${part(0.34)}:expansion=none`);
  const clock = text(clockText(clockAt), part(0.09), `x=(w-tw)/2:y=${part(0.56)}`);

  switch (channel.scene) {
    case 'pattern':
      return [`testsrc2=${size}`, shape, `${title}:${boxed}`, `${clock}:${boxed}`].join(',');
    case 'bars':
      return [`smptehdbars=${size}`, shape, `${title}:${boxed}`, `${clock}:${boxed}`, sweep()].join(',');
    case 'studio':
      return [
        `color=c=0x${colour}:${size}`,
        shape,
        `drawbox=x=0:y=${part(0.28)}:w=${width}:h=${part(0.24)}:color=black@0.25:t=fill`,
        `drawbox=x=0:y=${part(0.84)}:w=${width}:h=${part(0.16)}:color=black@0.5:t=fill`,
        title,
        clock,
        text(`Chaîne de démonstration : ${name}`, part(0.07), `y=${part(0.885)}:expansion=none:${crawl(8)}`),
      ].join(',');
  }

  /** A text that moves at the full frame rate over the still bars. */
  function sweep(): string {
    return text('• • •', part(0.06), `y=${part(0.72)}:expansion=none:${crawl(3)}`);
  }
}

/** Moves a text from the right edge to beyond the left one, again and again. @param seconds the time for one picture width. */
function crawl(seconds: number): string {
  return `x=${escapeForFilter(`w-mod(t*w/${seconds},w+tw)`)}`;
}

/** A clock that follows the frames' timestamps, so that it is right even for frames that are made ahead of time. */
function clockText(at: number): string {
  const local = Math.floor(at / 1000) - new Date(at).getTimezoneOffset() * 60;
  return `%{pts:gmtime:${local}:%H\\:%M\\:%S}`;
}

function tonesOf({ audio, tone, englishTone }: DemoChannel): number[] {
  if (audio === 'none') return [];
  return englishTone === null ? [tone] : [tone, englishTone];
}

function tone(frequency: number): string {
  return `sine=frequency=${frequency}:beep_factor=2:sample_rate=48000,volume=0.5`;
}

function videoArgs(channel: DemoChannel): string[] {
  const group = channel.gop * channel.fps;
  const { videoBitrate } = channel;
  // Without a limit, old builds of x264 take three times the CPU for the moving pattern.
  const rate = ['-b:v', `${videoBitrate}k`, '-maxrate', `${videoBitrate}k`, '-bufsize', `${videoBitrate}k`];
  const encoder = ['-c:v', videoEncoder[channel.video], '-threads', '1', '-pix_fmt', 'yuv420p'];
  const groups = ['-g', String(group), '-keyint_min', String(group), '-sc_threshold', '0'];
  const common = [...encoder, ...rate, ...groups, '-bf', String(channel.bFrames)];
  const quick = ['-preset', 'ultrafast', '-tune', 'zerolatency'];
  switch (channel.video) {
    case 'h264':
      return [...common, ...quick];
    case 'hevc': {
      const params = `keyint=${group}:min-keyint=${group}:scenecut=0:open-gop=0:bframes=0:pools=1:frame-threads=1:log-level=error`;
      return [...encoder, ...rate, ...quick, '-x265-params', params];
    }
    case 'mpeg2':
      return common;
  }
}

function audioArgs({ audio }: DemoChannel): string[] {
  switch (audio) {
    case 'none':
      return ['-an'];
    case 'aac':
      return ['-c:a', 'aac', '-ac', '2', '-b:a', '96k'];
    case 'ac3':
      return ['-c:a', 'ac3', '-ac', '6', '-b:a', '384k'];
    case 'mp2':
      return ['-c:a', 'mp2', '-ac', '2', '-b:a', '192k'];
  }
}
