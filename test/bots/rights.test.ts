import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { everyCall } from '../commands/every-call.ts';
import { type ContextSpy, spyOn } from '../fakes/context-spy.ts';
import { ids } from '../fakes/discord/scene.ts';
import type { FakeGroup } from '../fakes/telegram/fake-group.ts';
import { callInDiscord, textInTelegram } from './calling.ts';
import { idsByRole, type Room, startRoom } from './room.ts';

/** Boss and 9 are denied, although 9 is in a group of controllers. Anna and 8 are strangers. */
const ADMIN = 7;
const STRANGER = 8;
const DENIED = 9;
/** The id that the fake server gives its first group. */
const CLUB = -1_001_000_000_001;
const listed = {
  discord: idsByRole({ viewer: ['1'] }),
  telegram: idsByRole({ admin: [ADMIN], controller: [CLUB] }),
};
let room: Room;
let club: FakeGroup;
let spy: ContextSpy | undefined;
beforeAll(async () => {
  room = await startRoom({
    listed,
    spy: (context) => {
      spy = spyOn(context);
      return spy.context;
    },
  });
  club = room.telegram.group('Club');
  expect(club.id).toBe(CLUB);
  const { people } = room.http.context;
  people.setStanding({ id: `discord:${ids.boss}`, name: 'Boss' }, 'denied', 0);
  people.setStanding({ id: `telegram:${DENIED}`, name: 'Nina' }, 'denied', 0);
  await Promise.all([room.startDiscord(), room.startTelegram()]);
}, 30_000);
afterAll(() => room.stop());
beforeEach(() => {
  spy?.touched.splice(0);
});

describe.each([
  ['a stranger', ids.anna],
  ['a denied person', ids.boss],
])('In Discord %s', (_, id) => {
  it.each(everyCall)('is refused $title in private, before it reaches the core', async (call) => {
    const reply = callInDiscord(room.discord.fake.user(id), call);
    await reply.until(({ message, followups }) => message !== null || followups.length > 0);
    const seen = reply.message ?? reply.followups[0];
    expect(seen?.content).toMatch(/Vous n’avez pas ce droit ici|salon télé privé/);
    expect(seen?.flags).toBe(64);
    expect(spy?.touched).toEqual([]);
  });

  it('gets no suggestions', async () => {
    const user = room.discord.fake.user(id);
    const typing = await user.autocomplete(ids.tv, 'play', 'channel', 'tf').answered();
    expect(typing.choices).toEqual([]);
    expect(spy?.touched).toEqual([]);
  });
});

describe.each([
  ['a stranger', STRANGER],
  ['a denied person', DENIED],
])('In Telegram %s', (_, id) => {
  it.each(everyCall)('is refused $title before it reaches the core', async (call) => {
    const user = room.telegram.user(id, { language_code: 'fr' });
    await user.start().reply();
    await user.say(id, textInTelegram(call)).reply(/Vous n’avez pas ce droit ici|salon télé privé/);
    expect(spy?.touched).toEqual([]);
  });

  it('cannot press an admin’s buttons, nor forged ones', async () => {
    const [user, admin] = [room.telegram.user(id), room.telegram.user(ADMIN, { language_code: 'en' })];
    const group = id === DENIED ? club : room.telegram.group('Room');
    for (const member of [id, ADMIN]) group.join(member);
    const card = await admin.say(group, '/play arte').reply(/Arte/);
    spy?.touched.splice(0);
    for (const data of ['v1:stop', 'v1:play:#1', 'v1:status', 'v1:admin:allow:8:admin', 'v1:doctor'])
      await user.pressData(card, data).answer();
    // This message of the same chat is handled after all the presses.
    await user.say(group, '/stop').reply();
    expect(spy?.touched).toEqual([]);
    expect(room.http.screen.broadcast.status.channel?.name).toBe('Arte');
  });
});
