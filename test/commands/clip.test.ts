import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { execute } from '../../src/commands/execute.ts';
import { registry } from '../../src/commands/registry.ts';
import { type ClipWorld, makeClipWorld } from '../fakes/clip-world.ts';
import { type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';
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

const call = (text: string, role: 'viewer' | null = 'viewer') =>
  execute(
    registry,
    fake.context,
    {
      actor: { id: 'discord:1', platform: 'discord', name: 'Ada', role, language: 'en' },
      place: { id: 'discord:7', platform: 'discord', language: 'en', isPrivate: false },
    },
    { command: 'clip', values: [text, ''] },
  );

describe('/clip', () => {
  it.each([
    ['5', 5],
    ['4 s', 4],
    ['8-3', 5],
    ['8 – 3', 5],
  ])('with "%s" has a video of at least %d seconds, and a link to it', async (text, seconds) => {
    const reply = await call(text);
    expect(reply.isRefusal).not.toBe(true);
    const length = Number(/clip of (\d+) s/.exec(JSON.stringify(reply.lines))?.[1]);
    expect(length).toBeGreaterThanOrEqual(seconds);
    expect(length).toBeLessThanOrEqual(seconds + 2);
    expect(JSON.stringify(reply.buttons)).toMatch(/https:\/\/tv\.example\/clips\/[\w-]{24}"/);
    expect(await reply.video?.upTo(10_000_000)).toMatch(/\.mp4$/);
    expect(await reply.video?.upTo(10)).toBeNull();
  });

  it.each(['soon', 'le but', '-', '5-', '1e3', '25:00', '1 2'])(
    'says what can be typed instead of "%s"',
    async (text) => {
      const reply = await call(text);
      expect(JSON.stringify(reply.lines)).toContain('/clip 60-20');
      expect(reply.video).toBeUndefined();
    },
  );

  it('is not for strangers', async () => {
    expect((await call('5', null)).video).toBeUndefined();
  });
});
