import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Suggestion, suggest } from '../../src/commands/suggest.ts';
import type { Actor } from '../../src/domain/actor.ts';
import { liveScreen } from '../../src/domain/ids.ts';
import { ada, channelsOf, room } from '../commands/asking.ts';
import { type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';
import { mainId } from '../fakes/main-id.ts';

const names = ['TF1 HD', 'TF1 SD', 'Arte', 'M6', 'Canal+', 'Canal+ Sport', 'Gulli', 'BBC One'];
const bob = { ...ada, id: 'discord:2', name: 'Bob' };
const stranger: Actor = { ...ada, role: null };

let fake: FakeHttp;
beforeEach(async () => {
  fake = await startFakeHttp({ channels: channelsOf(names) });
});
afterEach(() => fake.stop());

const suggested = (typed: string, actor: Actor = ada) =>
  suggest(fake.context, actor, { place: room.id, option: 'channel', typed }).map(
    ({ label }: Suggestion) => label,
  );

function keep(id: number): void {
  const favourite = { channelId: mainId(id), channelName: names[id - 1] ?? '' };
  fake.context.favourites.add(ada.id, favourite, fake.clock.now());
  fake.clock.skip(1000);
}

function watched(id: number, askedBy = ada): void {
  fake.context.history.begin(
    {
      channelId: mainId(id),
      channelName: names[id - 1] ?? '',
      askedBy,
      startedAt: fake.clock.now(),
    },
    liveScreen,
  );
  fake.clock.skip(1000);
}

describe('suggestions', () => {
  it('list favourites, then recent channels, then those the room watches, before anything is typed', () => {
    for (const id of [8, 8, 3, 3]) watched(id, bob);
    watched(5);
    watched(4);
    keep(7);
    keep(2);
    expect(suggested('')).toEqual(['★ Gulli', '★ TF1 · HD SD', '↺ M6', '↺ Canal+', 'Arte', 'BBC One']);
    expect(suggested('', bob)).toEqual(['↺ Arte', '↺ BBC One']);
    expect(suggested('', { ...ada, id: 'telegram:7' })).toEqual(['Arte', 'BBC One']);
  });

  it('prefer channels that the person knows, among equal matches', () => {
    expect(suggested('canal')[0]).toBe('Canal+');
    keep(6);
    watched(6);
    expect(suggested('canal')[0]).toBe('★ Canal+ Sport');
    expect(suggested('canal', bob)[0]).toBe('Canal+');
  });

  it('list each channel once, with the id of the variant that would be played', () => {
    const [first] = suggest(fake.context, ada, { place: room.id, option: 'channel', typed: 'tf1 sd' });
    expect(first).toEqual({ label: 'TF1 · HD SD', channel: { id: mainId(2), name: 'TF1 SD' } });
  });

  it('have the id of the favourite variant, before anything is typed', () => {
    keep(2);
    expect(suggest(fake.context, ada, { place: room.id, option: 'channel', typed: '' })).toEqual([
      { label: '★ TF1 · HD SD', channel: { id: mainId(2), name: 'TF1 SD' } },
    ]);
  });

  it('are empty for strangers', () => {
    expect(suggested('tf1', stranger)).toEqual([]);
  });
});
