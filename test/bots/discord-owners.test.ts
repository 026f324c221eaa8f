import { Collection, type Interaction } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { nobody } from '../../src/access/people.ts';
import { Actors, type ActorsOptions } from '../../src/bots/discord/actors.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { silentLogger } from '../fakes/silent-logger.ts';

const [OWNER, STRANGER] = ['500000000000000001', '500000000000000002'];
const home = { id: '200000000000000002', ownerId: OWNER, joinedTimestamp: 1_000 };
/** Older than the owner's server; the bot was invited there later. */
const theirs = { id: '200000000000000001', ownerId: STRANGER, joinedTimestamp: 2_000 };

type Guild = typeof home;

/** The role of somebody who writes in a server; null: none. */
function roleIn(guild: Guild, userId: string | undefined, guilds: readonly Guild[], guildId: string | null) {
  const client = { guilds: { cache: new Collection(guilds.map((each) => [each.id, each])) } };
  const people = { find: () => null };
  const actors = new Actors({
    client,
    context: { clock: new FakeClock(), listed: { discord: nobody, telegram: nobody }, people },
    ...{ guildId, language: 'en', logger: silentLogger },
  } as unknown as ActorsOptions);
  const interaction = {
    inGuild: () => true,
    ...{ guild, guildId: guild.id, locale: 'en', member: { roles: [] } },
    user: { id: userId, displayName: 'Somebody' },
  };
  return actors.identifyAtOnce(interaction as unknown as Interaction).role;
}

describe('the owner of a Discord server', () => {
  it('is an admin where the bot works', () => {
    expect(roleIn(home, OWNER, [home], null)).toBe('admin');
    expect(roleIn(home, OWNER, [home], home.id)).toBe('admin');
    expect(roleIn(home, STRANGER, [home], null)).toBeNull();
  });

  it('gets no rights from inviting the bot to a server of their own, as everybody can', () => {
    for (const guilds of [
      [home, theirs],
      [theirs, home],
    ]) {
      expect(roleIn(theirs, STRANGER, guilds, null)).toBeNull();
      expect(roleIn(theirs, STRANGER, guilds, home.id)).toBeNull();
      expect(roleIn(home, OWNER, guilds, null)).toBe('admin');
      expect(roleIn(home, STRANGER, guilds, null)).toBeNull();
    }
  });

  it('is an admin in every server of theirs', () => {
    const second = { ...theirs, ownerId: OWNER };
    expect(roleIn(second, OWNER, [home, second], null)).toBe('admin');
  });
});
