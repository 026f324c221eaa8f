import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { askRoom } from '../../src/actions/ask-room.ts';
import { chooseAudio } from '../../src/actions/choose-audio.ts';
import { decideStanding } from '../../src/actions/decide-standing.ts';
import { endPrivateLinks } from '../../src/actions/end-private-links.ts';
import { addFavourite, removeFavourite } from '../../src/actions/favourites.ts';
import { makeLoginLink } from '../../src/actions/log-in.ts';
import { makePrivateLink } from '../../src/actions/make-private-link.ts';
import { play } from '../../src/actions/play.ts';
import { reloadCatalogue } from '../../src/actions/reload-catalogue.ts';
import { restart } from '../../src/actions/restart.ts';
import type { Requester } from '../../src/actions/rights.ts';
import { stop } from '../../src/actions/stop.ts';
import { mayAct, type Role, roles } from '../../src/domain/actor.ts';
import { type ContextSpy, spyOn } from '../fakes/context-spy.ts';
import { type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';
import { mainId } from '../fakes/main-id.ts';

type Context = ContextSpy['context'];
type Act = (context: Context, by: Requester) => unknown;

const eve = { id: 'telegram:9', name: 'Eve' };
const tf1 = { id: mainId(1), name: 'TF1 HD' };

const actions: readonly (readonly [name: string, least: Role, act: Act])[] = [
  ['play', 'viewer', (context, by) => play(context, fake.screen, by, { channelId: mainId(1) })],
  [
    'askRoom',
    'viewer',
    (context, by) =>
      askRoom(context, fake.screen, by, { channelId: mainId(1), insteadOf: mainId(2), language: 'en' }),
  ],
  ['stop', 'viewer', (context, by) => stop(context, fake.screen, by)],
  ['restart', 'controller', (context, by) => restart(context, fake.screen, by)],
  ['chooseAudio', 'controller', (context, by) => chooseAudio(context, fake.screen, by, 1, () => 'a track')],
  ['makeLoginLink', 'viewer', (context, by) => makeLoginLink(context, by, 'admin')],
  ['makePrivateLink', 'viewer', (context, by) => makePrivateLink(context, by, tf1)],
  ['addFavourite', 'viewer', (context, by) => addFavourite(context, by, tf1)],
  [
    'removeFavourite',
    'viewer',
    (context, by) => removeFavourite(context, by, { channelId: tf1.id, channelName: tf1.name }),
  ],
  ['endPrivateLinks of their own', 'viewer', (context, by) => endPrivateLinks(context, by, by.id)],
  ['endPrivateLinks of another person', 'admin', (context, by) => endPrivateLinks(context, by, eve.id)],
  ['endPrivateLinks of everybody', 'admin', (context, by) => endPrivateLinks(context, by, null)],
  ['decideStanding', 'admin', (context, by) => decideStanding(context, by, eve, 'viewer')],
  ['reloadCatalogue', 'admin', (context, by) => reloadCatalogue(context, by)],
];

/** Parts that an action uses to change something; play and stop read the broadcast before they refuse. */
const changing: ReadonlySet<string> = new Set([
  'audit',
  'links',
  'sessions',
  'votes',
  'favourites',
  'provider',
  'people.setStanding',
]);

let fake: FakeHttp;
let spy: ContextSpy;
beforeAll(async () => {
  fake = await startFakeHttp({ publicUrl: 'https://tv.example' });
});
afterAll(() => fake.stop());
beforeEach(() => {
  spy = spyOn(fake.context);
});

/** The error code of an action, which may throw or reject; null where it succeeds. */
async function codeOf(act: Act, role: Role | null): Promise<string | null> {
  try {
    await act(spy.context, { id: 'telegram:1', name: 'Ada', role });
    return null;
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe.each(actions)('%s', (_name, least, act) => {
  const below = [null, ...roles].filter((role) => !mayAct({ role }, least));

  it.each(below)('refuses role %s and changes nothing', async (role) => {
    const before = fake.context.audit.list(1);
    expect(await codeOf(act, role)).toBe('not_allowed');
    expect(spy.touched.filter((part) => changing.has(part))).toEqual([]);
    expect(fake.context.audit.list(1)).toEqual(before);
  });

  it.each(roles.filter((role) => mayAct({ role }, least)))('allows role %s', async (role) => {
    expect(await codeOf(act, role)).not.toBe('not_allowed');
  });
});
