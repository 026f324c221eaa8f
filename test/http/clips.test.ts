import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ClipWorld, makeClipWorld } from '../fakes/clip-world.ts';
import { bearer, type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';
import { TempDirs } from '../fakes/temp-dirs.ts';

let dirs: TempDirs;
let world: ClipWorld;
let fake: FakeHttp;

beforeAll(async () => {
  dirs = await TempDirs.create();
  world = await makeClipWorld(dirs);
  fake = await startFakeHttp({ past: world.past, clips: world.clips, publicUrl: 'https://tv.example' });
});

afterAll(async () => {
  await fake.stop();
  await world.stop();
  await dirs.remove();
});

const post = (payload: object, headers: Record<string, string> = bearer) =>
  fake.app.inject({ method: 'POST', url: '/api/clips', payload, headers });
const get = (url: string, headers: Record<string, string> = {}) => fake.app.inject({ url, headers });

describe('POST /api/clips', () => {
  it('makes a clip of the last seconds', async () => {
    const response = await post({ seconds: 4 });
    expect(response.statusCode).toBe(201);
    const { url, file, from, to, bytes } = response.json();
    expect(url).toMatch(/^https:\/\/tv\.example\/clips\/[\w-]{24}$/);
    expect(file).toBe(`${url}.mp4`);
    expect(Date.parse(to) - Date.parse(from)).toBeGreaterThanOrEqual(4_000);
    expect(Date.parse(to)).toBe(world.past.edge);
    expect(bytes).toBeGreaterThan(1_000);
  });

  it('is of the moments that are named', async () => {
    const [from, to] = [world.begin + 2_000, world.begin + 5_000];
    const clip = (await post({ from: String(from / 1000), to: new Date(to).toISOString() })).json();
    expect(Date.parse(clip.from)).toBeLessThanOrEqual(from);
    expect(Date.parse(clip.to)).toBe(to);
  });

  it.each([
    [{ seconds: 0 }, 400, 'clip_length'],
    [{ seconds: 100_000 }, 400, 'clip_length'],
    [{ seconds: '5' }, 400, 'bad_request'],
    [{ from: 5 }, 400, 'clip_ends'],
    [{ from: '2026-01-01', to: '2026-01-02' }, 400, 'time_unreadable'],
    [{ from: 100, to: 130 }, 404, 'past_missing'],
    [{ seconds: 5, screen: 'other' }, 404, 'screen_unknown'],
  ])('answers %j with %d and %s', async (payload, status, code) => {
    const response = await post(payload);
    expect(response.statusCode).toBe(status);
    expect(response.json().error.code).toBe(code);
  });

  it('asks who it is', async () => {
    expect((await post({ seconds: 4 }, {})).statusCode).toBe(401);
  });
});

describe('/clips/<token>', () => {
  it('shows the clip to whoever has the address, and to chat apps as a video', async () => {
    const { url, file } = (await post({ seconds: 4 })).json();
    const page = await get(new URL(url).pathname, { host: 'tv.example' });
    expect(page.statusCode).toBe(200);
    expect(page.headers['content-type']).toContain('text/html');
    expect(page.headers['content-security-policy']).toContain("media-src 'self'");
    expect(page.body).toContain(`<video src="${new URL(file).pathname}"`);
    expect(page.body).toContain(`<meta property="og:video" content="${file}">`);
    expect(page.body).toContain('<meta property="og:video:type" content="video/mp4">');
  });

  it('sends the file, and parts of it', async () => {
    const { file, bytes } = (await post({ seconds: 4 })).json();
    const { pathname } = new URL(file);
    const whole = await get(pathname);
    expect(whole.headers['content-type']).toBe('video/mp4');
    expect(whole.rawPayload.length).toBe(bytes);
    const part = await get(pathname, { range: 'bytes=100-199' });
    expect(part.statusCode).toBe(206);
    expect(part.rawPayload).toEqual(whole.rawPayload.subarray(100, 200));
  });

  it('says that a clip is gone', async () => {
    for (const path of [
      '/clips/nothing-of-that-name',
      '/clips/nothing-of-that-name.mp4',
      '/clips/..%2f..%2fetc',
    ]) {
      const response = await get(path);
      expect(response.statusCode).toBe(404);
      expect(response.body).not.toContain('root:');
    }
  });
});
