import { execa } from 'execa';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type DemoProvider, startDemoProvider } from '../../src/demo/demo-provider.ts';
import { mainAccount } from '../../src/domain/ids.ts';
import { findFfmpeg } from '../../src/stream/ffmpeg/binary.ts';
import { XtreamClient } from '../../src/xtream/client.ts';
import { XtreamProvider } from '../../src/xtream/provider.ts';
import { mainId } from '../fakes/main-id.ts';
import { plainHttp } from '../fakes/plain-http.ts';

const logger = pino({ level: 'silent' });
let ffmpegPath: string;
let demo: DemoProvider;
const clients = new Set<AbortController>();

beforeAll(async () => {
  ffmpegPath = (await findFfmpeg(process.env.FFMPEG_PATH ?? null)).path;
  demo = await startDemoProvider({ ffmpegPath, logger, breakdownAfter: () => 400 });
});

afterEach(async () => {
  for (const client of clients) client.abort();
  clients.clear();
  await expect.poll(processes).toBe(0);
});

afterAll(() => demo.stop());

/** Running programs that this process has started. */
function processes(): number {
  return process.getActiveResourcesInfo().filter((kind) => kind === 'ProcessWrap').length;
}

function api(query: Record<string, string> = {}, { username, password } = demo) {
  const parameters = new URLSearchParams({ username, password, ...query });
  return fetch(`${demo.url}/player_api.php?${parameters.toString()}`);
}

async function json(query: Record<string, string>) {
  return (await api(query)).json() as Promise<
    Record<string, unknown>[] & { epg_listings: Record<string, string>[] }
  >;
}

/** Opens a channel as a player does and follows the redirect; `leave` disconnects. */
async function watch(id: number, { url, username, password } = demo) {
  const client = new AbortController();
  clients.add(client);
  const response = await fetch(`${url}/live/${username}/${password}/${id}.ts`, { signal: client.signal });
  return { response, leave: () => client.abort() };
}

async function firstBytes(response: Response, count: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= count) break;
  }
  return Buffer.concat(chunks);
}

describe('the demo account', () => {
  it('answers a login like a panel', async () => {
    const response = await api();
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(await response.json()).toMatchObject({
      user_info: { auth: 1, status: 'Active', max_connections: '2', active_cons: '0', exp_date: null },
      server_info: { port: new URL(demo.url).port },
    });
  });

  it.each([
    { username: 'nobody', password: 'x' },
    { username: '', password: '' },
  ])('refuses $username with status 200 and auth 0', async (wrong) => {
    const response = await api({}, { ...demo, ...wrong });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ user_info: { auth: 0 } });
  });

  it('refuses guide and streams to other accounts', async () => {
    for (const path of [
      '/xmltv.php?username=a&password=b',
      '/live/a/b/101.ts',
      '/balancer/a/101.ts',
      '/timeshift/a/b/60/1700000000/101.ts',
    ]) {
      expect((await fetch(demo.url + path, { redirect: 'manual' })).status).toBe(401);
    }
  });

  it('has other credentials at every start', async () => {
    const other = await startDemoProvider({ ffmpegPath, logger });
    await other.stop();
    expect([other.username, other.password]).not.toContain(demo.username);
    expect(other.password).not.toBe(demo.password);
  });
});

describe('the demo channel list', () => {
  it('returns categories and channels in the shapes of a panel', async () => {
    const categories = await json({ action: 'get_live_categories' });
    expect(categories).toContainEqual({ category_id: '1', category_name: 'France', parent_id: 0 });
    const streams = await json({ action: 'get_live_streams' });
    expect(streams.length).toBeGreaterThanOrEqual(12);
    expect(streams[0]).toMatchObject({
      num: 1,
      name: 'Un HD',
      stream_id: 101,
      category_id: '1',
      stream_icon: `${demo.url}/logo/101.svg`,
      ...{ tv_archive: 1, tv_archive_duration: '1' },
    });
    const sports = await json({ action: 'get_live_streams', category_id: '2' });
    expect(sports.map(({ name }) => name)).toEqual(['Zapette Sport 1 FHD', 'Zapette Sport 2 HD']);
  });

  it('has a logo for each channel', async () => {
    const response = await fetch(`${demo.url}/logo/301.svg`);
    expect(response.headers.get('content-type')).toContain('image/svg+xml');
    expect(await response.text()).toContain('<title>L&apos;Heure Info HD</title>');
    expect((await fetch(`${demo.url}/logo/1.svg`)).status).toBe(404);
  });

  it('returns the short guide in base64 and epoch seconds', async () => {
    const { epg_listings: guide } = await json({ action: 'get_short_epg', stream_id: '101', limit: '2' });
    expect(guide).toHaveLength(2);
    const [on, next] = guide;
    expect(Number(on?.start_timestamp) * 1000).toBeLessThanOrEqual(Date.now());
    expect(next?.start_timestamp).toBe(on?.stop_timestamp);
    expect(Buffer.from(on?.description ?? '', 'base64').toString()).toContain('sur Un HD');
  });

  it('returns the whole guide as XMLTV', async () => {
    const { url, username, password } = demo;
    const response = await fetch(`${url}/xmltv.php?username=${username}&password=${password}`);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('<display-name>Petit Écho</display-name>');
  });

  it('is read completely by the Xtream client', async () => {
    const { url: baseUrl, username, password } = demo;
    const client = new XtreamClient({
      accountId: mainAccount,
      baseUrl,
      username,
      password,
      userAgent: 'VLC/3.0.20',
      http: plainHttp,
    });
    const provider = new XtreamProvider(client);
    expect(await provider.account()).toMatchObject({ maxConnections: 2, outputFormats: ['ts'] });
    const { channels, dropped } = await provider.lineup();
    expect(dropped).toBe(0);
    expect(channels.map(({ name }) => name)).toContain("L'Heure Info HD");
    const [on] = await provider.shortGuide(mainId(101));
    expect(on?.stop).toBeGreaterThan(Date.now());
  });
});

describe('a demo stream', () => {
  it('is reached through a redirect to a balancer', async () => {
    const { url, username, password } = demo;
    const address = `${url}/live/${username}/${password}/101.ts`;
    const response = await fetch(address, { redirect: 'manual' });
    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toMatch(
      /^http:\/\/127\.0\.0\.1:\d+\/balancer\/[0-9a-f]+\/101\.ts$/,
    );
    expect((await fetch(address.replace('101', '1'))).status).toBe(404);
  });

  it.each([
    [101, 'Video: h264', '1280x720', 'Audio: aac'],
    [104, 'Video: h264', '1920x1080', '(fra): Audio: aac', '(eng): Audio: aac'],
    [905, 'Video: mpeg2video', '704x576', 'Audio: mp2'],
  ])('is MPEG-TS for channel %i with %s', async (id, ...expected) => {
    const { response, leave } = await watch(id);
    expect(response.headers.get('content-type')).toBe('video/mp2t');
    const bytes = await firstBytes(response, 120_000);
    leave();
    for (let at = 0; at < bytes.length; at += 188) expect(bytes[at]).toBe(0x47);
    const { stderr } = await execa(ffmpegPath, ['-hide_banner', '-i', 'pipe:0'], {
      input: bytes,
      reject: false,
    });
    for (const words of expected) expect(stderr).toContain(words);
  });

  it('of the past ends by itself, and there is one of the last day alone', async () => {
    const { url, username, password } = demo;
    const past = (ago: number, id = 302) =>
      fetch(`${url}/timeshift/${username}/${password}/1/${Math.floor(Date.now() / 1000) - ago}/${id}.ts`);
    const response = await past(3);
    expect([response.status, response.headers.get('accept-ranges')]).toEqual([200, 'none']);
    expect((await response.bytes())[0]).toBe(0x47);
    for (const [ago, id] of [[-60], [3 * 86_400], [60, 1]] as const)
      expect((await past(ago, id)).status).toBe(404);
  });

  it('is refused above the account’s limit until another one ends', async () => {
    const first = await watch(302);
    await watch(302);
    expect((await watch(302)).response.status).toBe(403);
    expect(await (await api()).json()).toMatchObject({ user_info: { active_cons: '2' } });
    first.leave();
    await expect.poll(async () => (await watch(302)).response.status).toBe(200);
  });

  it('ends its process when the client leaves', async () => {
    const { response, leave } = await watch(302);
    await response.body?.getReader().read();
    expect(processes()).toBe(1);
    leave();
    await expect.poll(processes).toBe(0);
  });

  it('is cut off on the failing channel', async () => {
    const { response } = await watch(908);
    await expect(response.arrayBuffer()).rejects.toThrow();
  });

  it('ends when the provider stops, which may happen twice', async () => {
    const other = await startDemoProvider({ ffmpegPath, logger });
    const { response } = await watch(302, other);
    const reading = response.arrayBuffer();
    await Promise.all([expect(reading).rejects.toThrow(), other.stop()]);
    await expect.poll(processes).toBe(0);
    await other.stop();
    await expect(fetch(other.url)).rejects.toThrow();
  });
});

it('the demo rejects with ffmpeg_missing without FFmpeg', async () => {
  const starting = startDemoProvider({ ffmpegPath: 'no-such-ffmpeg', logger });
  await expect(starting).rejects.toMatchObject({ code: 'ffmpeg_missing' });
});
