import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { APIMessage } from 'discord.js';
import { Agent, setGlobalDispatcher } from 'undici';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { RingDisk } from '../../src/stream/segments/ring/ring-disk.ts';
import type { SegmentRing } from '../../src/stream/segments/ring/segment-ring.ts';
import { type ClipWorld, makeClipWorld } from '../fakes/clip-world.ts';
import type { Reply } from '../fakes/discord/reply.ts';
import { ids } from '../fakes/discord/scene.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { silentLogger } from '../fakes/silent-logger.ts';
import type { SeenMessage } from '../fakes/telegram/message-store.ts';
import { TempDirs } from '../fakes/temp-dirs.ts';
import { finished } from './calling.ts';
import { idsByRole, type Room, startRoom, until } from './room.ts';

const EDIT = 'PATCH /webhooks/:application/:token/messages/:message';
const PUBLIC_URL = 'https://tv.example';
const SENDING = /envoie la vidéo|Sending the video/;
const viewer = 7;
/** Milliseconds for FFmpeg at its low priority on a busy machine. */
const PATIENCE = 50_000;

let dirs: TempDirs;
let world: ClipWorld;
let room: Room;
const pasts: SegmentRing[] = [];

beforeAll(async () => {
  dirs = await TempDirs.create();
  world = await makeClipWorld(dirs, { isHeavy: true });
}, 60_000);
afterAll(async () => {
  await world.stop();
  await dirs.remove();
});
afterEach(async () => {
  await room.stop();
  await Promise.all(pasts.splice(0).map((past) => past.close()));
});

interface Settings {
  readonly publicUrl?: string;
  /** Bytes that a file may have at most, whatever the service allows. */
  readonly most?: number;
  readonly past?: SegmentRing;
  readonly isTimeFake?: boolean;
}

/** A room whose clips are always of the same two seconds of noise, cut by FFmpeg. */
async function startClipRoom(settings: Settings = {}): Promise<void> {
  const { most = Number.POSITIVE_INFINITY, past = world.past, publicUrl, isTimeFake = false } = settings;
  const { clips, begin } = world;
  room = await startRoom({
    listed: {
      discord: idsByRole({ controller: [ids.dj] }),
      telegram: idsByRole({ controller: [viewer] }),
    },
    wrap: (context) => ({
      ...context,
      clips: {
        make: (wish) => clips.make({ ...wish, past: world.past, from: begin, to: begin + 2_000 }),
        fit: (clip, size) => clips.fit(clip, Math.min(size, most)),
      },
    }),
    http: { past, ...(publicUrl ? { publicUrl } : {}) },
    isTimeFake,
  });
  await Promise.all([room.startDiscord(), room.startTelegram()]);
}

/** The files of clips, whole and smaller ones. */
async function filesOfClips(kind: 'whole' | 'smaller'): Promise<Buffer[]> {
  const names = (await readdir(world.folder)).filter((name) => name.endsWith('.mp4'));
  const ofKind = names.filter((name) => (name.split('.').length === 2) === (kind === 'whole'));
  return Promise.all(ofKind.map((name) => readFile(join(world.folder, name))));
}

/** Expects bytes to be those of such a file; clips of the same seconds are equal. */
async function expectFile(bytes: Uint8Array | undefined, kind: 'whole' | 'smaller'): Promise<void> {
  expect(bytes?.byteLength).toBeGreaterThan(0);
  const isEqual = (file: Buffer) => file.equals(bytes ?? new Uint8Array());
  expect((await filesOfClips(kind)).some(isEqual)).toBe(true);
}

describe('a clip in Discord', { timeout: 60_000 }, () => {
  const anna = () => room.discord.fake.user(ids.anna);
  const bytesIn = ({ id }: APIMessage) => room.discord.fake.files(id)[0]?.bytes;
  const linksIn = ({ components = [] }: APIMessage) => JSON.stringify(components);
  const clip = () => anna().command(ids.tv, 'clip');
  const done = async (reply: Reply): Promise<APIMessage> => {
    const isDone = (message: APIMessage | null) =>
      message?.content.includes('🎬') === true && !SENDING.test(message.content);
    await reply.until(({ message }) => isDone(message), PATIENCE);
    return reply.message as APIMessage;
  };

  it('is in the answer with its lines and its link', async () => {
    await startClipRoom({ publicUrl: PUBLIC_URL });
    const reply = clip();
    await reply.until(({ message }) => SENDING.test(message?.content ?? ''), PATIENCE);
    // Whoever does not wait for the video has its link.
    expect(linksIn(reply.message as APIMessage)).toContain(`${PUBLIC_URL}/clips/`);
    const message = await done(reply);
    expect(message.attachments).toMatchObject([
      { content_type: 'video/mp4', size: bytesIn(message)?.length },
    ]);
    expect(message.attachments[0]?.filename).toMatch(/^[\w-]{24}\.mp4$/);
    expect(message.content).toMatch(/^🎬 .*2\ss$/);
    expect(linksIn(message)).toContain(`${PUBLIC_URL}/clips/`);
    await expectFile(bytesIn(message), 'whole');
    expect(room.discord.fake.violations).toEqual([]);
  });

  it('is made smaller where its file is too large for the server', async () => {
    await startClipRoom();
    const limit = 250_000;
    room.discord.fake.setFileLimit(limit);
    const message = await done(clip());
    expect(bytesIn(message)?.byteLength).toBeLessThanOrEqual(limit);
    await expectFile(bytesIn(message), 'smaller');
    expect(room.discord.fake.violations).toEqual([]);
  });

  it.each([
    ['its link', PUBLIC_URL],
    ['a sentence', undefined],
  ])('becomes %s where no file is small enough', async (_what, publicUrl) => {
    await startClipRoom(publicUrl ? { publicUrl } : {});
    room.discord.fake.setFileLimit(50_000);
    const message = await done(clip());
    expect(message.attachments).toEqual([]);
    expect(linksIn(message).includes('/clips/')).toBe(publicUrl !== undefined);
    expect(message.content.includes('trop lourde')).toBe(publicUrl === undefined);
    expect(room.discord.fake.violations).toEqual([]);
  });

  it.each([
    ['is too large for it', { status: 413, code: 40005 }],
    ['is refused by a proxy', { status: 413 }],
    ['is refused', { status: 400, code: 50035 }],
  ])('becomes its link where the file %s', async (_why, fault) => {
    await startClipRoom({ publicUrl: PUBLIC_URL });
    room.discord.fake.failNext(EDIT, { ...fault, onlyFiles: true });
    const message = await done(clip());
    expect(message.attachments).toEqual([]);
    expect(linksIn(message)).toContain(`${PUBLIC_URL}/clips/`);
    expect(room.log()).not.toContain('/clips/');
  });

  it('becomes a sentence without a link where the bot may not attach files', async () => {
    await startClipRoom();
    room.discord.fake.withdraw(ids.tv, 'ATTACH_FILES');
    const message = await done(clip());
    expect(message.attachments).toEqual([]);
    expect(message.content).toContain('n’a pas pu être envoyée ici');
    expect(room.discord.fake.violations).toEqual([]);
  });

  it('arrives after a short outage, and becomes its link in a long one', async () => {
    await startClipRoom({ publicUrl: PUBLIC_URL, isTimeFake: true });
    const outage = { status: 503, onlyFiles: true };
    const failed = () => room.discord.fake.calls.filter(({ status }) => status === 503).length;
    room.discord.fake.failNext(EDIT, outage);
    const short = clip();
    await room.discord.fake.until(() => failed() === 1 || undefined, 'an upload', PATIENCE);
    await passing(() => short.message?.attachments.length === 1);
    room.discord.fake.failNext(EDIT, outage, 9);
    const long = clip();
    await passing(() => long.message?.content.includes('🎬') && !SENDING.test(long.message.content));
    expect(long.message?.attachments).toEqual([]);
    expect(linksIn(long.message as APIMessage)).toContain('/clips/');
    expect(failed()).toBe(4);
  });

  it('arrives although another copy of undici than that of discord.js sends', async () => {
    setGlobalDispatcher(new Agent());
    await startClipRoom();
    const message = await done(clip());
    await expectFile(bytesIn(message), 'whole');
  });

  it('does not hold up other commands while its file is on the way', async () => {
    await startClipRoom();
    const { promise, resolve } = Promise.withResolvers<void>();
    room.discord.fake.failNext(EDIT, { after: promise, onlyFiles: true });
    const slow = clip();
    await slow.until(({ message }) => SENDING.test(message?.content ?? ''), PATIENCE);
    await finished(anna().command(ids.tv, 'status'));
    expect(slow.message?.attachments).toEqual([]);
    resolve();
    expect((await done(slow)).attachments).toHaveLength(1);
  });

  it('becomes its link where the bot stops before the file has arrived', async () => {
    await startClipRoom({ publicUrl: PUBLIC_URL });
    const { promise, resolve } = Promise.withResolvers<void>();
    room.discord.fake.failNext(EDIT, { after: promise, onlyFiles: true });
    const reply = clip();
    const isUpload = ({ json }: { json: unknown }) =>
      JSON.stringify(json ?? null).includes('"attachments":[{');
    await room.discord.fake.until(() => room.discord.fake.calls.find(isUpload), 'an upload', PATIENCE);
    await room.restart();
    const message = await done(reply);
    expect(message.attachments).toEqual([]);
    expect(linksIn(message)).toContain('/clips/');
    resolve();
  });

  it('is posted in the channel where the interaction has expired meanwhile', async () => {
    await startClipRoom();
    const { clips } = room.context;
    Object.assign(clips, {
      make: async (wish: Parameters<typeof clips.make>[0]) => {
        room.discord.clock.skip(16 * 60_000);
        return world.clips.make({ ...wish, past: world.past, from: world.begin, to: world.begin + 2_000 });
      },
    });
    clip();
    const posted = await room.discord.fake.until(
      () => room.discord.fake.messages(ids.tv).find(({ attachments }) => attachments.length > 0),
      'a posted clip',
      PATIENCE,
    );
    expect(posted.content).not.toMatch(SENDING);
    await expectFile(bytesIn(posted), 'whole');
  });

  it('is posted below the card whose button was pressed, and the card stays', async () => {
    await startClipRoom({ past: await emptyPast() });
    const card = (await finished(anna().command(ids.tv, 'play', { channel: 'tf1' }))).message as APIMessage;
    await until(() => room.cards.all().length === 1);
    await room.discord.fake.until(() => linksIn(shown(card.id)).includes('v1:clip') || undefined);
    const before = shown(card.id);
    const pressed = anna().press(card, 'v1:clip');
    await pressed.until(
      ({ followups }) => followups.some(({ attachments }) => attachments.length > 0),
      PATIENCE,
    );
    const [clipped] = pressed.followups.filter(({ flags = 0 }) => (flags & 64) === 0) as [APIMessage];
    await expectFile(bytesIn(clipped), 'whole');
    expect(shown(card.id).content).toBe(before.content);
    expect(shown(card.id).attachments).toEqual([]);
    expect(room.discord.fake.messages(ids.tv).map(({ id }) => id)).toEqual([card.id, clipped.id]);
    // The progress that the asker alone has seen is gone.
    await pressed.until(({ followups }) => followups.length === 1);
    expect(room.discord.fake.violations).toEqual([]);
  });

  const shown = (id: string) =>
    room.discord.fake.messages(ids.tv).find((message) => message.id === id) as APIMessage;
});

describe('a clip in Telegram', { timeout: 60_000 }, () => {
  const user = () => room.telegram.user(viewer, { language_code: 'en' });
  const inChat = async (chat: number | { readonly id: number }, isDone: (all: SeenMessage[]) => boolean) => {
    await expect.poll(() => isDone(room.telegram.messages(chat)), { timeout: PATIENCE }).toBe(true);
    return room.telegram.messages(chat);
  };
  const hasVideo = (all: SeenMessage[]) =>
    all.some(({ message }) => message.video) && all.every(({ text }) => !/Cutting|Sending/.test(text));
  const isGivenUp = (all: SeenMessage[]) =>
    all.some(({ text }) => text.includes('🎬') && !SENDING.test(text));

  it('is a message with its lines and its link, and the progress is gone', async () => {
    await startClipRoom({ publicUrl: PUBLIC_URL });
    const club = room.telegram.group('Club', { members: [user()], forum: true });
    const topic = club.topic('TV');
    user().say(club, '/clip', { threadId: topic });
    const [video, ...others] = await inChat(club, hasVideo);
    expect(others).toEqual([]);
    expect(video).toMatchObject({ threadId: topic, text: expect.stringMatching(/^🎬 .*2\ss$/) });
    expect(JSON.stringify(video?.message.reply_markup)).toContain(`${PUBLIC_URL}/clips/`);
    await expectFile(room.telegram.videoOf(video as SeenMessage), 'whole');
    expect(room.telegram.violations).toEqual([]);
  });

  it('is made smaller where its file is too large', async () => {
    await startClipRoom({ most: 250_000 });
    user().start();
    user().say(viewer, '/clip');
    const video = (await inChat(viewer, hasVideo)).at(-1) as SeenMessage;
    expect(room.telegram.videoOf(video)?.byteLength).toBeLessThanOrEqual(250_000);
    await expectFile(room.telegram.videoOf(video), 'smaller');
    expect(room.telegram.violations).toEqual([]);
  });

  it.each([
    ['its link', PUBLIC_URL],
    ['a sentence', undefined],
  ])('becomes %s where no file is small enough', async (_what, publicUrl) => {
    await startClipRoom({ most: 50_000, ...(publicUrl ? { publicUrl } : {}) });
    user().start();
    user().say(viewer, '/clip');
    const told = (await inChat(viewer, isGivenUp)).at(-1) as SeenMessage;
    expect(told.text.includes('too large')).toBe(publicUrl === undefined);
    expect(room.telegram.count('sendVideo')).toBe(0);
    expect(room.telegram.violations).toEqual([]);
  });

  it.each([
    ['is too large', 413, 'Request Entity Too Large'],
    ['may not be sent', 400, 'Bad Request: not enough rights to send videos to the chat'],
  ])('becomes its link where the file %s', async (_why, code, description) => {
    await startClipRoom({ publicUrl: PUBLIC_URL });
    room.telegram.fail('sendVideo', { kind: 'refuse', code, description });
    const club = room.telegram.group('Club', { members: [user()] });
    user().say(club, '/clip');
    const told = (await inChat(club, isGivenUp)).at(-1) as SeenMessage;
    expect(JSON.stringify(told.message.reply_markup)).toContain(`${PUBLIC_URL}/clips/`);
    expect(room.log()).not.toContain('/clips/');
  });

  it('becomes its link where the bot stops before the file has arrived', async () => {
    await startClipRoom({ publicUrl: PUBLIC_URL });
    room.telegram.fail('sendVideo', 'hang');
    const club = room.telegram.group('Club', { members: [user()] });
    user().say(club, '/clip');
    await expect.poll(() => room.telegram.count('sendVideo'), { timeout: PATIENCE }).toBe(1);
    await room.restart();
    const told = (await inChat(club, isGivenUp)).at(-1) as SeenMessage;
    expect(JSON.stringify(told.message.reply_markup)).toContain(`${PUBLIC_URL}/clips/`);
    expect(room.telegram.count('sendVideo')).toBe(1);
  });

  it('waits out a rate limit and a cut connection', async () => {
    await startClipRoom();
    room.telegram.fail('sendVideo', { kind: 'flood', retryAfter: 1 });
    room.telegram.fail('sendVideo', 'drop');
    user().start();
    user().say(viewer, '/clip');
    const video = (await inChat(viewer, hasVideo)).at(-1) as SeenMessage;
    await expectFile(room.telegram.videoOf(video), 'whole');
    expect(room.telegram.count('sendVideo')).toBe(3);
    expect(room.telegram.violations).toEqual([]);
  });

  it('is posted below the card whose button was pressed, and the card stays', async () => {
    await startClipRoom({ past: await emptyPast() });
    const club = room.telegram.group('Club', { members: [user()] });
    const card = await user().say(club, '/play tf1').reply(/TF1/);
    await until(() => room.cards.all().length === 1);
    const hasButton = (all: SeenMessage[]) => all.some(({ buttons }) => buttons.flat().includes('🎬 Clip'));
    const [before] = (await inChat(club, hasButton)) as [SeenMessage];
    await user().press(before, '🎬 Clip').answer();
    const [after, video] = (await inChat(club, hasVideo)) as [SeenMessage, SeenMessage];
    expect(after).toMatchObject({ id: card.id, text: before.text });
    expect(video.replyTo).toBe(card.id);
    await expectFile(room.telegram.videoOf(video), 'whole');
    expect(room.telegram.violations).toEqual([]);
  });
});

/** A past that is only just kept. */
async function emptyPast(): Promise<SegmentRing> {
  const options = { length: () => 3_600_000, clock: new FakeClock(), logger: silentLogger };
  const past = await new RingDisk({ folder: await dirs.next(), ...options }).open('live');
  pasts.push(past);
  return past;
}

/** Lets the bots' clock run until a condition holds. */
async function passing(isDone: () => unknown): Promise<void> {
  await expect
    .poll(
      async () => {
        await room.http.clock.advance(1_000);
        return Boolean(isDone());
      },
      { timeout: PATIENCE, interval: 50 },
    )
    .toBe(true);
}
