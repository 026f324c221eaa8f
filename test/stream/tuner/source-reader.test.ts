import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/lib/clock.ts';
import { findFfmpeg } from '../../../src/stream/ffmpeg/binary.ts';
import { Tuner } from '../../../src/stream/tuner/tuner.ts';
import { mainId } from '../../fakes/main-id.ts';
import { type Answer, Origin, says } from '../../fakes/origin.ts';
import { makeTs } from '../../fakes/real-ts.ts';
import { silentLogger } from '../../fakes/silent-logger.ts';

const timeouts = { firstByte: 8_000, silence: 8_000, refusals: 0 };
const sound = ['-f', 'lavfi', '-i', 'sine=r=48000:d=4'];
const picture = ['-f', 'lavfi', '-i', 'testsrc=s=64x48:r=25:d=4'];
const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '25', '-pix_fmt', 'yuv420p'];

let ffmpegPath: string;
let origin: Origin;
let tuner: Tuner;

beforeAll(async () => {
  ffmpegPath = (await findFfmpeg(null)).path;
});
beforeEach(async () => {
  origin = await new Origin().start();
});
afterEach(async () => {
  await tuner.stop();
  await origin.stop();
});

async function make(...args: string[]): Promise<Buffer> {
  const { stdout } = await execa(ffmpegPath, ['-hide_banner', '-loglevel', 'error', ...args, 'pipe:1'], {
    encoding: 'buffer',
    timeout: 20_000,
  });
  return Buffer.from(stdout);
}

function tune(path = '/1.ts', format: 'ts' | 'm3u8' = 'ts'): Tuner {
  const source = { channelId: mainId(1), url: origin.url(path), format, userAgent: 'Player/1' };
  const { http } = origin;
  tuner = new Tuner(
    { channelId: mainId(1), source: async () => source },
    { http, clock: systemClock, logger: silentLogger, timeouts },
  );
  return tuner;
}

/** A live playlist that grows by a segment of a second each second, of four to begin with. */
function live(segments: Record<string, Buffer>, lines: (number: number) => string): Answer {
  const since = Date.now();
  return (request, response) => {
    const path = request.url ?? '';
    const name = path.slice(1);
    if (segments[name]) response.end(segments[name]);
    else if (!path.endsWith('.m3u8')) response.writeHead(404).end();
    else {
      const count = 4 + Math.floor((Date.now() - since) / 1000);
      const text = Array.from({ length: count }, (_, number) => lines(number)).join('');
      response.end(`#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:1\n#EXT-X-MEDIA-SEQUENCE:0\n${text}`);
    }
  };
}

describe('SourceReader', () => {
  it('plays an address that turns out to be a playlist, relative to its address after redirects', async () => {
    const segment = await makeTs({ seconds: 1 });
    const playlist = live({ 'cdn/s.ts': segment }, () => '#EXTINF:1.0,\ns.ts\n');
    origin.answer((request, response) => {
      if (request.url === '/1.ts') says(302, '', { location: '/cdn/list.m3u8' })(request, response);
      else playlist(request, response);
    });
    expect(await tune().start()).toMatchObject({
      video: 'h264',
      audio: [{ codec: expect.stringMatching(/^aac/) }],
    });
    expect(origin.requests).toContain('/cdn/s.ts');
  });

  it.each([
    ['MP3', ['-c:a', 'libmp3lame', '-f', 'mp3'], 'mpeg'],
    ['AAC', ['-c:a', 'aac', '-f', 'adts'], 'aac'],
    ['Ogg', ['-c:a', 'flac', '-f', 'ogg'], 'aac'],
  ])('plays radio in %s', async (_, args, codec) => {
    const bytes = await make(...sound, ...args);
    origin.answer((_request, response) => response.writeHead(200).write(bytes));
    expect(await tune().start()).toMatchObject({
      video: null,
      audio: [{ codec: expect.stringContaining(codec) }],
    });
  });

  it.each([
    ['Matroska', ['-c:a', 'aac', '-f', 'matroska'], 'h264'],
    ['FLV', ['-c:a', 'aac', '-f', 'flv'], 'h264'],
    ['fragmented MP4', ['-c:a', 'aac', '-movflags', 'frag_keyframe+empty_moov', '-f', 'mp4'], 'h264'],
    ['packets with timestamps (M2TS)', ['-c:a', 'aac', '-mpegts_m2ts_mode', '1', '-f', 'mpegts'], 'h264'],
  ])('plays a file of %s', async (_, args, video) => {
    const bytes = await make(...picture, ...sound, ...h264, ...args);
    origin.answer((_request, response) => response.writeHead(200).end(bytes));
    expect(await tune().start()).toMatchObject({ video, audio: [{ codec: expect.stringMatching(/^aac/) }] });
  });

  it('plays HLS of fMP4', async () => {
    const whole = await make(
      ...[...picture, ...sound, ...h264, '-c:a', 'aac', '-frag_duration', '1000000'],
      ...['-movflags', 'frag_keyframe+empty_moov+default_base_moof', '-f', 'mp4'],
    );
    const starts = [...boxes(whole)].filter(({ type }) => type === 'moof').map(({ at }) => at);
    const parts = starts.map((at, index) => whole.subarray(at, starts[index + 1]));
    const segments = Object.fromEntries(parts.map((part, index) => [`${index}.m4s`, part]));
    origin.answer(
      live(
        { ...segments, 'init.mp4': whole.subarray(0, starts[0]) },
        (number) => `${number === 0 ? '#EXT-X-MAP:URI="init.mp4"\n' : ''}#EXTINF:1.0,\n${number}.m4s\n`,
      ),
    );
    expect(await tune('/list.m3u8', 'm3u8').start()).toMatchObject({
      video: 'h264',
      audio: [{ codec: expect.stringMatching(/^aac/) }],
    });
  });

  it.each([
    ['WebM of VP8', ['-c:v', 'libvpx', '-deadline', 'realtime', '-c:a', 'libopus', '-f', 'webm']],
    ['AVI of motion JPEG', ['-c:v', 'mjpeg', '-c:a', 'pcm_s16le', '-f', 'avi']],
    ['Windows Media', ['-c:v', 'wmv2', '-c:a', 'wmav2', '-f', 'asf']],
  ])('transcodes a file of %s for a transport stream', async (_, args) => {
    const bytes = await make(...picture, ...sound, ...args);
    origin.answer((_request, response) => response.writeHead(200).end(bytes));
    expect(await tune().start()).toMatchObject({
      video: 'h264',
      audio: [{ codec: expect.stringMatching(/^aac/) }],
    });
  });

  it('plays an MP4 with its index at the end if the server supports ranges', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'zapette-'));
    const path = join(folder, 'last.mp4');
    const args = ['-hide_banner', '-loglevel', 'error', ...picture, ...sound, ...h264, '-c:a', 'aac', path];
    await execa(ffmpegPath, args, { timeout: 20_000 });
    const bytes = await readFile(path);
    await rm(folder, { recursive: true });
    let asked = 0;
    origin.answer((request, response) => {
      asked += 1;
      // the first connection still counts
      if (asked === 2) {
        response.writeHead(458).end();
        return;
      }
      const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? [];
      if (from === undefined) {
        response.writeHead(200, { 'accept-ranges': 'bytes', 'content-length': bytes.length }).end(bytes);
        return;
      }
      const part = bytes.subarray(Number(from), to ? Number(to) + 1 : bytes.length);
      const range = `bytes ${from}-${Number(from) + part.length - 1}/${bytes.length}`;
      response.writeHead(206, { 'content-range': range, 'content-length': part.length }).end(part);
    });
    expect(await tune().start()).toMatchObject({
      video: 'h264',
      audio: [{ codec: expect.stringMatching(/^aac/) }],
    });
  });

  it.each([
    ['transport streams', ['-f', 'mpegts'], 'ts'],
    ['bare AAC', ['-f', 'adts'], 'aac'],
  ])('plays HLS with separate playlists for the sound, as %s', async (_, format, ending) => {
    const [seen, ...heard] = await Promise.all([
      make(...picture, ...h264, '-f', 'mpegts'),
      ...[440, 880].map((pitch) =>
        make(...['-f', 'lavfi', '-i', `sine=${pitch}:r=48000:d=4`], '-c:a', 'aac', ...format),
      ),
    ]);
    const playlist = (name: string) =>
      `#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4.0,\n${name}\n#EXT-X-ENDLIST\n`;
    const media = (index: number, language: string) =>
      `#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="${language}",LANGUAGE="${language}",URI="sound/${index}.m3u8"\n`;
    const variant = (bandwidth: number, uri: string) =>
      `#EXT-X-STREAM-INF:BANDWIDTH=${bandwidth},AUDIO="a"\n${uri}\n`;
    const files: Record<string, string | Buffer | undefined> = {
      '/cdn/master.m3u8': `#EXTM3U\n${media(0, 'fr')}${media(1, 'en-GB')}${variant(1, 'low.m3u8')}${variant(2, 'high.m3u8?token=secret')}`,
      '/cdn/high.m3u8?token=secret': playlist('high.ts'),
      '/cdn/high.ts': seen,
      ...Object.fromEntries(
        heard.flatMap((bytes, index) => [
          [`/cdn/sound/${index}.m3u8`, playlist(`/cdn/${index}.${ending}`)],
          [`/cdn/${index}.${ending}`, bytes],
        ]),
      ),
    };
    origin.answer((request, response) => {
      const file = files[request.url ?? ''];
      if (request.url === '/1.m3u8') response.writeHead(302, { location: '/cdn/master.m3u8' }).end();
      else response.writeHead(file ? 200 : 404).end(file);
    });
    expect(await tune('/1.m3u8', 'm3u8').start()).toMatchObject({
      video: 'h264',
      audio: [{ language: 'fr' }, { language: 'en' }],
    });
    expect(origin.requests).not.toContain('/cdn/low.m3u8');
  });

  it('fails if FFmpeg cannot read the source either', async () => {
    origin.answer(says(200, Buffer.concat([Buffer.from('OggS'), Buffer.alloc(5_000, 7)])));
    await expect(tune().start()).rejects.toMatchObject({ code: 'channel_not_video' });
  });
});

function* boxes(mp4: Buffer): Generator<{ type: string; at: number }> {
  for (let at = 0; at + 8 <= mp4.length; at += mp4.readUInt32BE(at))
    yield { type: mp4.toString('latin1', at + 4, at + 8), at };
}
