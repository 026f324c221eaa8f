import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConfiguredIds } from '../../src/access/people.ts';
import type { Reply } from '../fakes/discord/reply.ts';
import { ids } from '../fakes/discord/scene.ts';
import { idsByRole, type Room, startRoom, until } from './room.ts';

const listing = (discord: Parameters<typeof idsByRole>[0]): ConfiguredIds => ({
  discord: idsByRole(discord),
  telegram: idsByRole({}),
});

/** The lists as the settings have them now. */
let listed: ConfiguredIds;
let room: Room;
beforeEach(async () => {
  listed = listing({ viewer: ['1'] });
  room = await startRoom({
    wrap: (context) => Object.defineProperty(context, 'listed', { get: () => listed }),
  });
  await room.startDiscord();
});
afterEach(() => room.stop());

const anna = () => room.discord.fake.user(ids.anna);
const says = (reply: Reply, text: string) =>
  reply.until(({ message, followups }) =>
    [message, ...followups].some((each) => each?.content.includes(text)),
  );
const status = () => anna().command(ids.tv, 'status', {}, { locale: 'en-GB' });
const suggestions = async () =>
  (await anna().autocomplete(ids.tv, 'play', 'channel', 'tf').answered()).choices;

describe('a running bot in Discord follows the lists of roles', () => {
  it('for commands and suggestions, from one to the next', async () => {
    await says(status(), 'private TV room');
    expect(await suggestions()).toEqual([]);
    listed = listing({ viewer: [ids.dj] });
    await says(status(), 'Rien à l’antenne');
    expect(await suggestions()).toMatchObject([{ name: expect.stringContaining('TF1') }]);
    listed = listing({ viewer: ['1'] });
    await says(status(), 'private TV room');
    expect(await suggestions()).toEqual([]);
  });

  it('for what a role may do', async () => {
    const restart = () => anna().command(ids.tv, 'restart', {}, { locale: 'en-GB' });
    listed = listing({ viewer: [ids.dj] });
    await says(restart(), 'Only controllers');
    listed = listing({ controller: [ids.dj] });
    await says(restart(), 'Nothing is on air');
  });

  it('for the admins whom it tells of strangers', async () => {
    listed = listing({ admin: [ids.boss] });
    await says(status(), 'private TV room');
    await until(() => room.discord.fake.dms(ids.boss).length === 1);
  });
});
