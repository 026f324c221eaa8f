import { get as httpGet, type IncomingMessage } from 'node:http';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { owner } from '../../src/access/visitor.ts';
import type { Asker } from '../../src/domain/actor.ts';
import { AppError } from '../../src/domain/errors.ts';
import { screenId } from '../../src/domain/ids.ts';
import { bearer, type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';
import { mainId } from '../fakes/main-id.ts';
import { logIn } from '../fakes/people.ts';

interface Event {
  readonly event: string;
  readonly data: Record<string, unknown>;
}

/** A reader of server-sent events, as far as ours use them. */
class EventReader {
  readonly response: IncomingMessage;
  readonly events: Event[] = [];
  comments = 0;
  #rest = '';

  constructor(response: IncomingMessage) {
    this.response = response;
    response.setEncoding('utf8').on('data', (text: string) => this.#read(text));
    response.on('error', () => {});
  }

  static open(url: string, headers: Record<string, string> = {}): Promise<EventReader> {
    return new Promise((resolve, reject) => {
      httpGet(url, { headers }, (response) => resolve(new EventReader(response))).on('error', reject);
    });
  }

  last(event: string): Event['data'] | undefined {
    return this.events.findLast((one) => one.event === event)?.data;
  }

  #read(text: string): void {
    const blocks = (this.#rest + text).split('\n\n');
    this.#rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const parts = /^event: (\w+)\ndata: (.*)$/.exec(block);
      if (parts) this.events.push({ event: parts[1] ?? '', data: JSON.parse(parts[2] ?? '') });
      else if (block.startsWith(':')) this.comments++;
    }
  }
}

const bob: Asker = { id: 'discord:2', name: 'Bob' };
let fake: FakeHttp;
let url: string;
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  fake = await startFakeHttp();
  url = await fake.listen();
});
afterEach(async () => {
  vi.useRealTimers();
  await fake.stop();
});

const play = (id: number, askedBy: Asker = { id: 'console', name: 'me' }) =>
  fake.screen.broadcast.play({ channelId: mainId(id), name: `Channel ${id}` }, askedBy);

describe('GET /api/events', () => {
  it('sends the status and the number of channels at once', async () => {
    const reader = await EventReader.open(`${url}/api/events`);
    expect(reader.response.statusCode).toBe(200);
    expect(reader.response.headers).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    await expect.poll(() => reader.events.length).toBe(3);
    expect(reader.last('recordings')).toBeUndefined();
    const status = await (await fetch(`${url}/stream_status`)).json();
    expect(reader.last('status')).toEqual(status);
    expect(reader.last('catalogue')).toEqual({
      channels: 3,
      refreshed_at: new Date(fake.clock.now()).toISOString(),
    });
    reader.response.destroy();
  });

  it('sends every change until the channel is on air', async () => {
    const reader = await EventReader.open(`${url}/api/events`);
    await play(1);
    await expect.poll(() => reader.last('status')).toMatchObject({ state: 'live', channel_id: 1 });
    const states = reader.events.filter(({ event }) => event === 'status').map(({ data }) => data.state);
    expect(states[0]).toBe('idle');
    expect(states).toContain('starting');
    await fake.screen.broadcast.stop();
    await expect.poll(() => reader.last('status')).toMatchObject({ state: 'idle', channel_id: null });
    reader.response.destroy();
  });

  it('names nobody to strangers where watching is restricted', async () => {
    await fake.stop();
    fake = await startFakeHttp({ personal: true });
    url = await fake.listen();
    const ana = { id: 'discord:1', name: 'Ana' };
    const [stranger, viewer] = await Promise.all([
      EventReader.open(`${url}/api/events`),
      EventReader.open(`${url}/api/events`, logIn(fake, 'viewer', ana)),
    ]);
    await play(1, ana);
    await expect.poll(() => viewer.last('status')).toMatchObject({ state: 'live', asked_by: 'Ana' });
    await expect.poll(() => stranger.last('status')).toMatchObject({ state: 'live', asked_by: null });
    expect(JSON.stringify(stranger.events)).not.toContain('Ana');
    // Who is shut out learns no more.
    fake.context.people.setStanding(ana, 'denied', fake.clock.now());
    await play(2, ana);
    await expect.poll(() => viewer.response.complete).toBe(true);
    expect(viewer.last('status')).toMatchObject({ channel_id: 1 });
    for (const reader of [stranger, viewer]) reader.response.destroy();
  });

  it.each([
    ['their session ends', (id: number) => fake.context.sessions.end(id, owner)],
    ['they are shut out', () => fake.context.people.setStanding(bob, 'denied', fake.clock.now())],
  ])('sends `logged_out` when %s, and ends', async (_what, happens) => {
    const [his, stranger] = await Promise.all([
      EventReader.open(`${url}/api/events`, logIn(fake, 'controller', bob)),
      EventReader.open(`${url}/api/events`),
    ]);
    await expect.poll(() => his.last('status')).toMatchObject({ operators: {} });
    happens(fake.context.sessions.list(bob.id)[0]?.id ?? 0);
    await expect.poll(() => his.last('logged_out')).toEqual({});
    await expect.poll(() => his.response.complete).toBe(true);
    expect(stranger.response.complete).toBe(false);
    stranger.response.destroy();
  });

  it('sends what a new role may see at once', async () => {
    const { people } = fake.context;
    people.setStanding(bob, 'controller', fake.clock.now());
    const his = await EventReader.open(`${url}/api/events`, logIn(fake, 'controller', bob));
    await expect.poll(() => his.last('status')).toMatchObject({ operators: {} });
    people.setStanding(bob, 'viewer', fake.clock.now());
    await expect.poll(() => his.last('status')).toMatchObject({ operators: null });
    his.response.destroy();
  });

  it('tells operators at once that the picture is bad or good again', async () => {
    fake.context.people.setStanding(bob, 'controller', fake.clock.now());
    await play(1);
    const his = await EventReader.open(`${url}/api/events`, logIn(fake, 'controller', bob));
    fake.pictureHealth.set({ kind: 'frozen', since: 1_000 });
    await expect.poll(() => his.last('status')).toMatchObject({ operators: { picture: { kind: 'frozen' } } });
    fake.pictureHealth.set(null);
    await expect.poll(() => his.last('status')).toMatchObject({ operators: { picture: null } });
    his.response.destroy();
  });

  it('sends the status when the guide has arrived', async () => {
    await play(1);
    const now = fake.clock.now();
    fake.guide.push({ title: 'Journal', description: '', start: now - 1, stop: now + 1 });
    const reader = await EventReader.open(`${url}/api/events`);
    await expect.poll(() => reader.last('status')).toMatchObject({ programme: { title: 'Journal' } });
    reader.response.destroy();
  });

  it('sends an event when the channel list has been refreshed', async () => {
    const reader = await EventReader.open(`${url}/api/events`);
    await expect.poll(() => reader.events.length).toBe(3);
    fake.clock.skip(1000);
    await fake.context.catalogue.refresh();
    await expect
      .poll(() => reader.last('catalogue'))
      .toEqual({ channels: 3, refreshed_at: new Date(fake.clock.now()).toISOString() });
    reader.response.destroy();
  });

  it('writes what is the same for many readers once', async () => {
    await play(1);
    const readers = await Promise.all(
      Array.from({ length: 8 }, (_, at) =>
        EventReader.open(`${url}/api/events`, { 'accept-language': at % 2 === 0 ? 'fr' : 'en' }),
      ),
    );
    await expect.poll(() => readers.every((reader) => reader.last('catalogue'))).toBe(true);
    const written = vi.spyOn(fake.context.guide, 'get');
    fake.pictureHealth.set({ kind: 'frozen', since: 1_000 });
    // In two languages.
    expect(written).toHaveBeenCalledTimes(2);
    for (const reader of readers) reader.response.destroy();
  });

  it('gives reasons in the language of the asker', async () => {
    fake.failures.set(2, new AppError('channel_dead'));
    const french = await EventReader.open(`${url}/api/events`, { 'accept-language': 'fr' });
    const english = await EventReader.open(`${url}/api/events`, { 'accept-language': 'en' });
    await play(2).catch(() => {});
    await expect
      .poll(() => french.last('status'))
      .toMatchObject({ reason: { message: expect.stringContaining('fournisseur') } });
    await expect
      .poll(() => english.last('status'))
      .toMatchObject({ reason: { message: expect.stringContaining('provider') } });
    french.response.destroy();
    english.response.destroy();
  });

  it('sends a comment every 15 seconds', async () => {
    const reader = await EventReader.open(`${url}/api/events`);
    await expect.poll(() => reader.events.length).toBe(3);
    vi.advanceTimersByTime(14_999);
    vi.advanceTimersByTime(1);
    await expect.poll(() => reader.comments).toBe(1);
    vi.advanceTimersByTime(30_000);
    await expect.poll(() => reader.comments).toBe(3);
    expect(reader.events).toHaveLength(3);
    reader.response.destroy();
  });

  it('tells only admins of new log lines, at most once a second', async () => {
    const { clock } = fake;
    const { logger, logTail } = fake.context;
    const admin = await EventReader.open(`${url}/api/events`, bearer);
    const controller = await EventReader.open(`${url}/api/events`, logIn(fake, 'controller'));
    await expect.poll(() => admin.last('log')).toEqual({ last: logTail.lastId });
    const news = () => admin.events.filter(({ event }) => event === 'log').length;
    for (let line = 0; line < 50; line++) logger.info('much ado');
    await clock.advance(1_000);
    await expect.poll(() => admin.last('log')).toEqual({ last: logTail.lastId });
    expect(news()).toBe(2);
    logger.info('more');
    await clock.advance(1_000);
    await expect.poll(() => admin.last('log')).toEqual({ last: logTail.lastId });
    expect(JSON.stringify(admin.events)).not.toContain('much ado');
    await expect.poll(() => controller.events.length).toBe(3);
    expect(controller.last('log')).toBeUndefined();
    admin.response.destroy();
    controller.response.destroy();
  });

  it('ends its subscriptions when the reader has left', async () => {
    const { screens, catalogue } = fake.context;
    const { events } = screens.get();
    let readers = 0;
    const counted =
      <T>(subscribe: (listener: T) => () => void) =>
      (listener: T) => {
        readers++;
        const end = subscribe(listener);
        return () => {
          readers--;
          end();
        };
      };
    events.subscribe = counted(events.subscribe.bind(events));
    catalogue.onChange = counted(catalogue.onChange.bind(catalogue));
    const reader = await EventReader.open(`${url}/api/events`);
    // The screen's own events, those of all screens, and the list.
    await expect.poll(() => readers).toBe(3);
    reader.response.destroy();
    await expect.poll(() => readers).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('tells what is on all screens', async () => {
    const { screenKeeper, screens } = fake.context;
    await screenKeeper.add(screenId('sport'), 'Sport');
    const reader = await EventReader.open(`${url}/api/events?screen=sport`);
    const labels = () =>
      (reader.last('screens') as { name: string; channel_label: string | null }[] | undefined)?.map(
        ({ name, channel_label: label }) => [name, label],
      );
    await expect.poll(labels).toEqual([
      ['Live', null],
      ['Sport', null],
    ]);
    expect(reader.last('status')).toMatchObject({ id: 'sport' });
    await screens.get('live').broadcast.play({ channelId: mainId(1), name: 'TF1 HD' }, bob);
    await fake.clock.advance(1_000);
    await expect.poll(labels).toEqual([
      ['Live', 'TF1'],
      ['Sport', null],
    ]);
    expect(reader.last('status')).toMatchObject({ id: 'sport', active: false });
    screenKeeper.change(screenId('live'), { name: 'Salon' });
    await expect.poll(labels).toEqual([
      ['Salon', 'TF1'],
      ['Sport', null],
    ]);
    await screenKeeper.remove(screenId('sport'));
    await expect.poll(labels).toEqual([['Salon', 'TF1']]);
    reader.response.destroy();
  });

  it('says that recordings have changed, at most once a second', async () => {
    const reader = await EventReader.open(`${url}/api/events`);
    await expect.poll(() => reader.events.length).toBe(3);
    const told = () => reader.events.filter(({ event }) => event === 'recordings').length;
    const plan = () =>
      fake.context.recordings.plan(
        {
          channel: { channelId: mainId(1), channelName: 'TF1 HD' },
          ...{ title: 'Film', programme: null, isFollowing: false },
          ...{ start: fake.clock.now(), stop: fake.clock.now() + 60_000 },
        },
        bob,
      );
    plan();
    await fake.clock.advance(100);
    await expect.poll(told).toBe(1);
    plan();
    plan();
    await fake.clock.advance(1_000);
    await expect.poll(told).toBe(2);
    expect(reader.last('recordings')).toEqual({});
    reader.response.destroy();
  });

  it('does not answer HEAD without end', async () => {
    expect((await fetch(`${url}/api/events`, { method: 'HEAD' })).status).toBe(404);
  });

  it('lets the server close while somebody reads', async () => {
    const reader = await EventReader.open(`${url}/api/events`);
    const closed = new Promise((resolve) => reader.response.once('close', resolve));
    await fake.door.close();
    await closed;
  });
});
