import ICAL from 'ical.js';
import { afterEach, describe, expect, it } from 'vitest';
import { owner } from '../../src/access/visitor.ts';
import type { RecordingChanges } from '../../src/store/recordings.ts';
import { bearer, type FakeHttp, type FakeHttpOptions, startFakeHttp } from '../fakes/http-context.ts';
import { mainId } from '../fakes/main-id.ts';
import { logIn } from '../fakes/people.ts';

const HOUR = 3_600_000;
const ada = { id: 'discord:1', name: 'Ada' };

let fake: FakeHttp;
afterEach(() => fake.stop());

async function start(options?: FakeHttpOptions): Promise<void> {
  fake = await startFakeHttp(options);
}

const get = (url: string, headers: Record<string, string> = {}) =>
  fake.app.inject({ method: 'GET', url, headers });
const addressFor = async (headers: Record<string, string> = bearer): Promise<URL> =>
  new URL((await get('/api/recordings/calendar', headers)).json().url);
const feed = async (headers: Record<string, string> = {}) => {
  const { pathname, search } = await addressFor();
  return get(pathname + search, headers);
};

function plan(title: string, changes: RecordingChanges = {}, after = HOUR): number {
  const at = fake.clock.now() + after;
  const { id } = fake.context.recordings.plan(
    {
      channel: { channelId: mainId(1), channelName: 'TF1 HD' },
      ...{ title, programme: null, isFollowing: false, start: at, stop: at + HOUR },
    },
    ada,
  );
  fake.storedRecordings.change(id, changes);
  return id;
}

/** The events as a calendar program reads them. */
function eventsIn(text: string): InstanceType<typeof ICAL.Event>[] {
  return new ICAL.Component(ICAL.parse(text))
    .getAllSubcomponents('vevent')
    .map((each) => new ICAL.Event(each));
}

describe('the calendar of recordings', () => {
  it('has what is planned, runs and is done, each at its time and with a link', async () => {
    await start({ publicUrl: 'https://tv.example' });
    plan('Planned');
    plan('Running', { state: 'recording' });
    const done = plan('Done', { state: 'done', file: 'Shows/Done.mkv' });
    plan('Failed', { state: 'failed' });
    const answer = await feed();
    expect(answer.headers).toMatchObject({
      'content-type': 'text/calendar; charset=utf-8',
      'cache-control': 'private, no-cache',
    });
    const events = eventsIn(answer.body);
    expect(events.map(({ summary }) => summary)).toEqual(['Planned', '● Running', 'Done']);
    const [first] = events;
    expect(first?.startDate.toJSDate()).toEqual(new Date(fake.clock.now() + HOUR));
    expect(first?.endDate.toJSDate()).toEqual(new Date(fake.clock.now() + 2 * HOUR));
    expect(first?.location).toBe('TF1');
    const urls = events.map(({ component }) => String(component.getFirstPropertyValue('url')));
    expect(urls).toEqual([
      'https://tv.example/#recordings',
      'https://tv.example/#recordings',
      `https://tv.example/recordings/${done}`,
    ]);
    expect(new Set(events.map(({ uid }) => uid)).size).toBe(3);
    // The same events again, so that calendars change them instead of adding others.
    expect(eventsIn((await feed()).body).map(({ uid }) => uid)).toEqual(events.map(({ uid }) => uid));
  });

  it('is read back as it was, whatever a guide says', async () => {
    await start();
    const title =
      'Été; “C:\\news”, 100% — a title that is longer than the 75 bytes that a line may have: 日本語テレビ';
    const at = fake.clock.now() + HOUR;
    const told = {
      title,
      start: at,
      stop: at + HOUR,
      subTitle: 'One;two',
      description: 'A\r\nB\u0007, c\nEND:VEVENT',
    };
    plan(title, { programme: told });
    const { body } = await feed();
    expect(body.split('\r\n').filter((line) => Buffer.byteLength(line) > 75)).toEqual([]);
    const [event, ...more] = eventsIn(body);
    expect(more).toEqual([]);
    expect(event?.summary).toBe(title);
    expect(event?.description).toBe('One;two\n\nA\nB, c\nEND:VEVENT\n\nPlanned');
  });

  it('says why something is missing, in the reader’s language', async () => {
    await start();
    const reason = { code: 'no_slot', params: { capacity: 1, holders: 'Arte' } } as const;
    plan('Film', { state: 'waiting', reason });
    const [event] = eventsIn((await feed({ 'accept-language': 'fr' })).body);
    expect(event?.description).toMatch(/^En attente\n.*connexion.*Arte/s);
  });

  it('opens by its address alone, where all else needs a log-in', async () => {
    await start({ personal: true });
    const { pathname, search } = await addressFor(logIn(fake, 'viewer', ada));
    expect((await get('/api/recordings')).statusCode).toBe(401);
    expect((await get(pathname + search)).statusCode).toBe(200);
    for (const wrong of ['', '?token=', '?token=x.y.z', `${search}x`, search.replace(/=./, '=_')]) {
      const answer = await get(pathname + wrong);
      expect([wrong, answer.statusCode, answer.json().error.code]).toEqual([wrong, 403, 'calendar_unknown']);
    }
    expect(JSON.stringify(fake.log())).not.toContain(search.slice('?token='.length));
  });

  it('ends when an admin denies the person', async () => {
    await start({ personal: true });
    const { pathname, search } = await addressFor(logIn(fake, 'viewer', ada));
    fake.context.people.setStanding(ada, 'denied', fake.clock.now());
    expect((await get(pathname + search)).statusCode).toBe(403);
  });

  it('ends with the API token by which its holder came, also in a browser', async () => {
    await start();
    expect((await get('/api/recordings/calendar')).statusCode).toBe(401);
    const { id, token } = fake.context.tokens.issue('script', 'viewer', owner);
    const session = await fake.app.inject({ method: 'POST', url: '/api/session', payload: { token } });
    const cookie = String(session.headers['set-cookie']).split(';', 1)[0] ?? '';
    for (const headers of [{ authorization: `Bearer ${token}` }, { cookie }]) {
      const { pathname, search } = await addressFor(headers);
      expect((await get(pathname + search)).statusCode).toBe(200);
    }
    const { pathname, search } = await addressFor({ cookie });
    fake.context.tokens.revoke(id, owner);
    expect((await get(pathname + search)).statusCode).toBe(403);
  });
});
