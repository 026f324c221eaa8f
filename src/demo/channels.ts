import type { Category } from '../domain/channel.ts';
import type { FfmpegAbilities } from './ffmpeg-abilities.ts';

export type VideoCodec = 'h264' | 'hevc' | 'mpeg2';
type AudioCodec = 'aac' | 'ac3' | 'mp2' | 'none';
/** The picture: a moving test pattern, colour bars, or a plain studio in the channel's colour. The last two need the least CPU. */
type Scene = 'pattern' | 'bars' | 'studio';
export type Theme = 'general' | 'cinema' | 'sport' | 'news' | 'discovery' | 'kids' | 'test';

/** One invented channel: its entry in the list, its picture and its sound. */
export interface DemoChannel {
  readonly id: number;
  readonly name: string;
  readonly categoryId: string;
  readonly theme: Theme;
  readonly scene: Scene;
  /** Six hexadecimal digits. */
  readonly colour: string;
  readonly width: number;
  readonly height: number;
  /** The aspect ratio of a pixel; "1/1" for square pixels. */
  readonly pixelAspect: string;
  readonly fps: number;
  readonly video: VideoCodec;
  readonly audio: AudioCodec;
  /** The upper limit in kilobits per second; a still picture takes far less. */
  readonly videoBitrate: number;
  /** Seconds between keyframes. */
  readonly gop: number;
  readonly bFrames: number;
  /** The frequency of the tone, in hertz. */
  readonly tone: number;
  /** The frequency of a second track, which is English where the first is French; null for one track. */
  readonly englishTone: number | null;
  /** True for a channel that hangs up after a while, like a dying source. */
  readonly breaksDown: boolean;
}

/** The categories of the demo channels. */
export const demoCategories: readonly Category[] = [
  { id: '1', name: 'France' },
  { id: '2', name: 'Sports' },
  { id: '3', name: 'Info' },
  { id: '4', name: 'Découverte & Jeunesse' },
  { id: '9', name: 'Tests' },
];

const hd = { width: 1280, height: 720 };
const fhd = { width: 1920, height: 1080, videoBitrate: 4000, bFrames: 2 };
/** European SD: a 16:9 picture squeezed into 704 columns. */
const sd = { width: 704, height: 576, pixelAspect: '16/11', videoBitrate: 1200 };

/** All channels in the order of the list. */
export const demoChannels: readonly DemoChannel[] = [
  channel(101, 'Un HD', '1', 'general', { ...hd, colour: '1f4e79' }),
  channel(102, 'Deux', '1', 'general', { ...sd, colour: '8c2f39', gop: 1 }),
  channel(103, 'Un +1 HD', '1', 'general', { ...hd, colour: '31572c' }),
  channel(104, 'Lanterne+ Cinéma FHD', '1', 'cinema', { ...fhd, colour: '3c1642', englishTone: 880 }),
  channel(201, 'Zapette Sport 1 FHD', '2', 'sport', { ...fhd, colour: '0b6e4f', gop: 1 }),
  channel(202, 'Zapette Sport 2 HD', '2', 'sport', { ...hd, colour: 'a44a3f', scene: 'pattern', fps: 50 }),
  channel(301, "L'Heure Info HD", '3', 'news', { ...hd, colour: 'b08900', gop: 1 }),
  channel(302, 'Météo Zapette', '3', 'news', { colour: '2a6f97' }),
  channel(401, 'Vagabonde HD', '4', 'discovery', { ...hd, colour: '5f0f40', scene: 'pattern' }),
  channel(402, 'Petit Écho', '4', 'kids', { ...sd, colour: 'bc6c25' }),
  channel(901, 'Test 480p', '9', 'test', { width: 854, height: 480, fps: 30, scene: 'bars' }),
  channel(902, 'Test 1080p50', '9', 'test', { ...fhd, fps: 50, scene: 'bars', videoBitrate: 6000 }),
  channel(903, 'Test AC-3', '9', 'test', { ...hd, scene: 'bars', audio: 'ac3' }),
  channel(904, 'Test HEVC', '9', 'test', { scene: 'bars', video: 'hevc' }),
  channel(905, 'Test MPEG-2', '9', 'test', { ...sd, scene: 'bars', video: 'mpeg2', audio: 'mp2', gop: 1 }),
  channel(906, 'Test sans son', '9', 'test', { ...hd, scene: 'bars', audio: 'none' }),
  channel(907, 'Test 10 s GOP', '9', 'test', { ...hd, scene: 'bars', gop: 10 }),
  channel(908, 'Test panne', '9', 'test', { ...hd, scene: 'bars', breaksDown: true }),
];

/** The names of the FFmpeg encoders that a channel needs. */
function encodersOf({ video, audio }: DemoChannel): string[] {
  const needed = [videoEncoder[video]];
  if (audio !== 'none') needed.push(audio);
  return needed;
}

/** The FFmpeg encoder of each video codec. */
export const videoEncoder: Readonly<Record<VideoCodec, string>> = {
  h264: 'libx264',
  hevc: 'libx265',
  mpeg2: 'mpeg2video',
};

/** The channels that an FFmpeg can generate. */
export function playableChannels(abilities: FfmpegAbilities): DemoChannel[] {
  return demoChannels.filter((one) => encodersOf(one).every((encoder) => abilities.encoders.has(encoder)));
}

function channel(
  id: number,
  name: string,
  categoryId: string,
  theme: Theme,
  differences: Partial<DemoChannel>,
): DemoChannel {
  return {
    id,
    name,
    categoryId,
    theme,
    scene: 'studio',
    colour: '444444',
    width: 640,
    height: 360,
    pixelAspect: '1/1',
    fps: 25,
    video: 'h264',
    audio: 'aac',
    videoBitrate: 2000,
    gop: 2,
    bFrames: 0,
    // Each channel has a different tone, between 220 and 640 Hz.
    tone: 220 + ((id * 37) % 43) * 10,
    englishTone: null,
    breaksDown: false,
    ...differences,
  };
}
