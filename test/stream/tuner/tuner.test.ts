import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../src/domain/errors.ts';
import type { LineState } from '../../../src/domain/source-provider.ts';
import { type Clock, systemClock } from '../../../src/lib/clock.ts';
import { PACKET_SIZE, pidOf } from '../../../src/stream/mpeg-ts/packets.ts';
import type { Piece } from '../../../src/stream/normaliser/normaliser.ts';
import { NoticeClips } from '../../../src/stream/tuner/notice-clips.ts';
import { Tuner, type TunerOptions, type TunerTimeouts } from '../../../src/stream/tuner/tuner.ts';
import { mainId } from '../../fakes/main-id.ts';
import { type Answer, aacFrame, Origin, says, sends, silence, television } from '../../fakes/origin.ts';
import { silentLogger } from '../../fakes/silent-logger.ts';
import { continuation, nullPacket, pat, pes, pmt } from '../../fakes/ts-packets.ts';

const timeouts: TunerTimeouts = { firstByte: 150, silence: 150, refusals: 2_000 };
/** Waits a tenth of what it is told to between two tries. */
const clock: Clock = { ...systemClock, after: (delay, callback) => systemClock.after(delay / 10, callback) };
/** Five seconds go by in one. */
const fastClock: Clock = {
  ...systemClock,
  monotonic: () => 5 * systemClock.monotonic(),
  after: (delay, callback) => systemClock.after(delay / 5, callback),
};
const sound = { language: null, isDescription: false };
const aac = { ...sound, id: 0x101, codec: 'aac' };
const usual = { video: 'h264', audio: [aac] };

let origin: Origin;
let tuner: Tuner;

beforeEach(async () => {
  origin = await new Origin().start();
});
afterEach(async () => {
  await tuner.stop();
  await origin.stop();
});

describe('Tuner', () => {
  it('opens with the channel’s layout, with the headers of the source', async () => {
    let sent: unknown;
    origin.answer((request, response) => {
      const { 'user-agent': userAgent, referer } = request.headers;
      sent = { userAgent, referer };
      sends()(request, response);
    });
    expect(await tune().start()).toEqual(usual);
    expect(sent).toEqual({ userAgent: 'Player/1', referer: 'http://site.example' });
  });

  it('gives everything to the first listener, and later pieces to the others', async () => {
    const response = await openWith(sends());
    const [first, second] = [collect(), collect()];
    tuner.listen(first.listener);
    tuner.listen(second.listener);
    response.write(pes({ pid: 0x101, pts: 5, streamId: 0xc0 }));
    await second.until(1);
    expect(first.pids()).toEqual([0, 0x1000, 0, 0x1000, 0x100, 0x101, 0x100, 0x101]);
    expect(second.pids()).toEqual([0x101]);
  });

  it('gives nothing more to a listener that has left', async () => {
    const response = await openWith(sends());
    const [left, stays] = [collect(), collect()];
    tuner.listen(left.listener)();
    tuner.listen(stays.listener);
    response.write(continuation());
    await stays.until(1);
    expect(left.pids()).toHaveLength(7);
  });

  it.each<[string, Answer]>([
    ...[401, 403, 404, 410, 429, 458, 459, 500, 502, 503, 509].map((status): [string, Answer] => [
      `an early ${status}`,
      says(status, 'busy'),
    ]),
    ['an early web page', says(200, '<html>Too many connections</html>')],
    ['an early empty answer', says(200)],
    ['an early disconnect', (_, response) => void response.destroy()],
    ['an early redirect loop', says(302, '', { location: '/live/1' })],
  ])('retries after %s while a connection is being freed', async (_, answer) => {
    origin.answer(answer, sends());
    await tune({ isFreeing: () => true }).start();
    expect(origin.requests).toHaveLength(2);
  });

  it.each([429, 458, 509])('retries after an early %i at any time', async (status) => {
    origin.answer(says(status, 'busy'), sends());
    await tune().start();
    expect(origin.requests).toHaveLength(2);
  });

  it('gives up after enough refusals', async () => {
    origin.answer(says(458));
    await expect(tune({ timeouts: { ...timeouts, refusals: 300 } }).start()).rejects.toMatchObject({
      code: 'line_in_use',
      params: { status: 458 },
    });
    expect(origin.requests.length).toBeGreaterThan(1);
  });

  it.each<[string, LineState, string]>([
    ['the line is in use', 'full', 'line_in_use'],
    ['the channel is not for this account', 'free', 'channel_refused'],
    ['the channel is refused', 'unknown', 'channel_refused'],
    ['the account has expired', new AppError('account_expired', { date: '' }), 'account_expired'],
  ])('reports after asking the account: %s', async (_, line, code) => {
    for (const status of [401, 403]) {
      origin.answer(says(status));
      const opening = tune({ askLine: async () => line }).start();
      await expect(opening).rejects.toMatchObject({ code });
    }
    expect(origin.requests).toHaveLength(2);
  });

  it.each<[string, Answer, string]>([
    ['404', says(404), 'channel_dead'],
    ['410', says(410), 'channel_dead'],
    ['403', says(403), 'channel_refused'],
    ['500', says(500, 'oops'), 'provider_status'],
    [
      'a firewall',
      says(403, '<title>Just a moment...</title>', { 'content-type': 'text/html' }),
      'provider_blocks',
    ],
    ['a redirect to another protocol', says(302, '', { location: 'rtsp://x/1' }), 'provider_redirects'],
    ['a web page', says(200, '<html><body>expired</body></html>'), 'channel_web_page'],
    ['an endless web page', sends('<!doctype html>'), 'channel_web_page'],
    ['JSON', says(200, '{"user_info":{"auth":0}}'), 'channel_not_video'],
    ['plain text', says(200, 'User banned'), 'channel_not_video'],
    ['an empty playlist', says(200, '#EXTM3U\n'), 'channel_silent'],
    ['an empty answer', says(200), 'channel_silent'],
    [
      'a channel that ends before its PMT',
      says(200, Buffer.concat(Array.from({ length: 4 }, nullPacket))),
      'channel_ended',
    ],
    ['silence', silence(), 'channel_silent'],
    ['silence after the headers', silence(true), 'channel_silent'],
    ['a disconnect', (_, response) => void response.destroy(), 'provider_unreachable'],
    ['a redirect to nowhere', says(302, '', { location: 'http://127.0.0.1:9/x' }), 'provider_unreachable'],
  ])('explains %s', async (_, answer, code) => {
    origin.answer(answer);
    await expect(tune().start()).rejects.toMatchObject({ code });
    await expect(tuner.ended).resolves.toMatchObject({ code });
    expect(new Set(origin.requests).size).toBe(1);
  });

  it('follows a redirect to a balancer', async () => {
    origin.answer(says(302, '', { location: '/balancer/token/1.ts' }), sends());
    await tune().start();
    expect(origin.requests).toEqual(['/live/1', '/balancer/token/1.ts']);
  });

  it('does not follow redirects in a loop', async () => {
    origin.answer(says(302, '', { location: '/live/1' }));
    await expect(tune().start()).rejects.toMatchObject({ code: 'provider_redirects' });
    expect(origin.requests).toHaveLength(1);
  });

  it('ends when a channel sends nothing more', async () => {
    await openWith(sends());
    await expect(tuner.ended).resolves.toMatchObject({ code: 'channel_stalled' });
  });

  it('ends when a channel ends or is cut off', async () => {
    const ends = await openWith(sends());
    ends.end();
    await expect(tuner.ended).resolves.toMatchObject({ code: 'channel_ended' });
    const cut = await openWith(sends());
    cut.destroy();
    await expect(tuner.ended).resolves.toMatchObject({ code: 'channel_ended' });
  });

  it('tells a clip that arrives at once, or again, from television that ends', async () => {
    const notices = new NoticeClips();
    const [short, long] = [2, 10].map((seconds) => clip(seconds));
    const ending = async (body: Buffer | undefined): Promise<string> => {
      origin.answer(says(200, body));
      await tune({ notices, clock: fastClock }).start();
      return (await tuner.ended).code;
    };
    expect(await ending(long)).toBe('channel_clip');
    expect(await ending(short)).toBe('channel_ended');
    expect(await ending(short)).toBe('channel_clip');
  });

  it('recognises a clip in an HLS playlist with an end', async () => {
    const segments = ['1.ts', '2.ts', '3.ts'].map((name) => `#EXTINF:4,\n${name}`).join('\n');
    const playlist = `#EXTM3U\n#EXT-X-TARGETDURATION:4\n${segments}\n#EXT-X-ENDLIST\n`;
    origin.answer((request, response) => {
      const [, number] = /(\d)\.ts$/.exec(request.url ?? '') ?? [];
      response.end(number ? clip(4, 4 * Number(number)) : playlist);
    });
    // Nothing here is about silence, and a busy machine may be silent for a moment.
    await tune({ clock: fastClock, timeouts: { ...timeouts, firstByte: 10_000, silence: 10_000 } }).start();
    expect((await tuner.ended).code).toBe('channel_clip');
  });

  it('waits for a PMT that arrives late', async () => {
    const early = Buffer.concat([pat(), pes({ pts: 0 }), nullPacket(), nullPacket()]);
    origin.answer((_, response) => {
      response.write(early);
      setTimeout(() => response.write(television), 30);
    });
    expect(await tune().start()).toEqual(usual);
  });

  it('waits for every track to send, but not for long, even if nothing else arrives', async () => {
    const streams = [{ type: 0x1b }, { type: 0x0f, pid: 0x101 }, { type: 0x03, pid: 0x102 }];
    const early = Buffer.concat([pat(), pmt(streams), pes({ pts: 0 }), aacFrame(), nullPacket()]);
    const late = Buffer.concat([continuation(0x102), nullPacket()]);
    const mp2 = { ...sound, id: 0x102, codec: 'mpeg' };
    origin.answer((_, response) => {
      response.write(early);
      setTimeout(() => response.write(late), 30);
    });
    expect(await tune().start()).toEqual({ video: 'h264', audio: [aac, mp2] });
    origin.answer(sends(early));
    expect(await tune({ timeouts: { ...timeouts, silence: 2_000 } }).start()).toEqual(usual);
  });

  it('reports an encrypted channel', async () => {
    const scrambled = continuation();
    scrambled[3] = 0x90;
    const packets = Array.from({ length: 50 }, () => scrambled);
    origin.answer(sends(Buffer.concat([pat(), pmt([{ type: 0x1b }]), ...packets])));
    await expect(tune({ timeouts: { ...timeouts, silence: 5_000 } }).start()).rejects.toMatchObject({
      code: 'channel_scrambled',
    });
    await expect(tuner.ended).resolves.toMatchObject({ code: 'channel_scrambled' });
  });

  it('can be stopped while connecting, while waiting to retry, and twice', async () => {
    for (const answer of [silence(), says(458)]) {
      origin.answer(answer);
      const opening = tune({ timeouts: { ...timeouts, firstByte: 5_000 } }).start();
      opening.catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, 30));
      await tuner.stop();
      await tuner.stop();
      await expect(opening).rejects.toMatchObject({ code: 'channel_ended' });
    }
  });

  it('stops at once while asking about the line', async () => {
    const asked = Promise.withResolvers<void>();
    origin.answer(says(403));
    const askLine = (): Promise<LineState> => {
      asked.resolve();
      return new Promise(() => {});
    };
    const opening = tune({ askLine }).start();
    opening.catch(() => {});
    await asked.promise;
    await tuner.stop();
    await expect(opening).rejects.toMatchObject({ code: 'channel_refused' });
  });

  it('closes the connection at stop()', async () => {
    const response = await openWith(sends());
    const closed = once(response, 'close');
    await tuner.stop();
    await closed;
    expect(origin.open).toBe(0);
  });

  it('names no address in errors for people', async () => {
    origin.answer(says(500));
    const error = await tune()
      .start()
      .then(
        () => null,
        (reason: unknown) => reason,
      );
    expect(JSON.stringify(error)).not.toContain('127.0.0.1');
    expect(String(error)).not.toContain('127.0.0.1');
  });
});

/** So many seconds of television, as a file. @param from where its clock begins. */
function clip(seconds: number, from = 0): Buffer {
  const pictures = Array.from({ length: seconds * 2 }, (_, half) =>
    pes({ pts: (2 * from + half) * 45_000, keyframe: true }),
  );
  return Buffer.concat([television, ...pictures]);
}

function tune(change: Partial<TunerOptions> = {}): Tuner {
  const source = {
    channelId: mainId(1),
    url: origin.url('/live/1'),
    format: 'ts',
    userAgent: 'Player/1',
    headers: { referer: 'http://site.example' },
  } as const;
  const { http } = origin;
  const channel = { channelId: mainId(1), source: async () => source };
  tuner = new Tuner(channel, {
    ...{ http, clock, logger: silentLogger, timeouts },
    isFreeing: () => false,
    ...change,
  });
  return tuner;
}

async function openWith(answer: Answer): Promise<ServerResponse> {
  const response = Promise.withResolvers<ServerResponse>();
  origin.answer((request, reply) => {
    answer(request, reply);
    response.resolve(reply);
  });
  await tune().start();
  return response.promise;
}

function collect() {
  const pids: number[] = [];
  return {
    pids: () => pids,
    listener: ({ bytes }: Piece) => {
      for (let at = 0; at < bytes.length; at += PACKET_SIZE) pids.push(pidOf(bytes, at));
    },
    until: (packets: number) => expect.poll(() => pids.length).toBeGreaterThanOrEqual(packets),
  };
}
