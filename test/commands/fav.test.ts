import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Reply } from '../../src/commands/reply.ts';
import { suggest } from '../../src/commands/suggest.ts';
import { type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';
import { mainId } from '../fakes/main-id.ts';
import { ada, ask, channelsOf, labelsOf, press, room, textOf } from './asking.ts';

let fake: FakeHttp;
beforeEach(async () => {
  fake = await startFakeHttp({
    channels: channelsOf([
      'FR| TF1 FHD',
      'FR| TF1 SD',
      'FR| ARTE HD',
      'FR| CANAL+ FHD',
      'FR| CANAL+ SPORT',
      'M6',
    ]),
  });
});
afterEach(() => fake.stop());

const onAir = () => fake.screen.broadcast.status.channel?.name ?? null;
const played = (reply: Reply) => labelsOf(reply).filter((label) => label.startsWith('▶'));
const mine = async () => played(await ask(fake, '/fav'));

describe('/fav', () => {
  it('explains how to add the first favourite', async () => {
    expect(textOf(await ask(fake, '/fav'))).toContain('/fav add');
  });

  it('adds channels by name, and plays them by button', async () => {
    expect(textOf(await ask(fake, '/fav add cannal plus'))).toBe('★ CANAL+ was added to your favourites.');
    await ask(fake, '/fav add tf1 sd');
    const list = await ask(fake, '/fav list');
    expect(labelsOf(list)).toEqual(['▶ CANAL+', '✖', '▶ TF1', '✖']);
    await press(fake, list, '▶ TF1');
    expect(onAir()).toBe('FR| TF1 SD');
  });

  it('says that a channel is a favourite already, and how to remove it', async () => {
    const first = await ask(fake, '/fav add arte');
    expect(labelsOf(first)).toEqual(['✖ Remove']);
    const again = await ask(fake, '/fav add arte');
    expect(textOf(again)).toBe('★ ARTE is already in your favourites. Remove it with /fav remove.');
    await press(fake, again, '✖ Remove');
    expect(await mine()).toEqual([]);
  });

  it('marks favourites in lists for one person, whichever variant was added', async () => {
    await ask(fake, '/fav add tf1 sd');
    await ask(fake, '/fav add canal+ sport');
    expect(labelsOf(await ask(fake, '/search canal'))).toEqual(['★ CANAL+ SPORT', 'CANAL+']);
    expect(labelsOf(await ask(fake, '/play canal'))).toContain('★ CANAL+ SPORT');
    const bob = { ...ada, id: 'telegram:2' };
    expect(labelsOf(await ask(fake, '/search canal', bob)).join()).not.toContain('★');
  });

  it('adds the channel on air where none is named', async () => {
    const choice = await ask(fake, '/fav add');
    expect(textOf(choice)).toBe('Which channel? Type /fav add and a name, or choose one:');
    expect(labelsOf(choice)).toContain('ARTE');
    await ask(fake, '/play arte');
    await ask(fake, '/fav add');
    expect(await mine()).toEqual(['▶ ARTE']);
  });

  it('asks which channel is meant where several match, and adds the pressed one', async () => {
    const reply = await ask(fake, '/fav add canal');
    await press(fake, reply, 'CANAL+ SPORT');
    expect(await mine()).toEqual(['▶ CANAL+ SPORT']);
  });

  it('keeps one variant of a channel, the last that was added', async () => {
    await ask(fake, '/fav add tf1');
    await ask(fake, '/fav add tf1 sd');
    expect(fake.context.favourites.of(ada.id)).toEqual([{ channelId: mainId(2), channelName: 'FR| TF1 SD' }]);
  });

  it('removes a favourite by a name in any spelling, and adds it back', async () => {
    await ask(fake, '/fav add canal+');
    await ask(fake, '/fav add arte');
    const reply = await ask(fake, '/fav remove cannal plus');
    expect(textOf(reply)).toBe('CANAL+ was removed from your favourites.');
    expect(await mine()).toEqual(['▶ ARTE']);
    await press(fake, reply, '★ Add it back');
    expect(await mine()).toEqual(['▶ ARTE', '▶ CANAL+']);
  });

  it('plays a favourite in public, in another quality if one is named', async () => {
    await ask(fake, '/fav add tf1 sd');
    const reply = await ask(fake, '/fav play tf1 fhd');
    expect(onAir()).toBe('FR| TF1 FHD');
    expect(reply.isPrivate).toBe(false);
  });

  it('spends no key on the favourite that it plays in another quality', async () => {
    await ask(fake, '/fav add tf1 sd');
    const mint = vi.spyOn(fake.context.marks, 'of');
    await ask(fake, '/fav play tf1 fhd');
    expect(onAir()).toBe('FR| TF1 FHD');
    const named = mint.mock.calls.map(([{ id }]) => id);
    mint.mockRestore();
    expect(named).toContain(mainId(1));
    expect(named).not.toContain(mainId(2));
  });

  it('plays a renumbered favourite, and refuses one that has left the list', async () => {
    const { favourites } = fake.context;
    favourites.add(ada.id, { channelId: mainId(99), channelName: 'FR| ARTE HD' }, 1);
    favourites.add(ada.id, { channelId: mainId(77), channelName: 'Gone TV' }, 2);
    await ask(fake, '/fav play arte');
    expect(onAir()).toBe('FR| ARTE HD');
    expect(textOf(await ask(fake, '/fav play gone tv'))).toContain('no longer in the list');
  });

  it('removes a favourite by the mark of any of its variants', async () => {
    await ask(fake, '/fav add tf1 sd');
    await ask(fake, '/fav add arte');
    expect(textOf(await ask(fake, '/fav remove ~1'))).toBe('TF1 was removed from your favourites.');
    expect(await mine()).toEqual(['▶ ARTE']);
  });

  it('finds only the person’s own favourites', async () => {
    await ask(fake, '/fav add arte');
    expect(textOf(await ask(fake, '/fav play m6'))).toContain('No favourite matches');
    const bob = { ...ada, id: 'telegram:2' };
    expect(textOf(await ask(fake, '/fav', bob))).toContain('no favourites yet');
  });

  it('names favourites that have left the list', async () => {
    const gone = { channelId: mainId(77), channelName: 'Gone TV' };
    fake.context.favourites.add(ada.id, gone, 1);
    await ask(fake, '/fav add arte');
    const reply = await ask(fake, '/fav');
    expect(textOf(reply)).toContain('Gone TV is not in the list at the moment.');
    expect(labelsOf(reply)).toEqual(['✖ Gone TV', '▶ ARTE', '✖']);
    expect(textOf(await ask(fake, '/fav remove gone'))).toContain('Gone TV was removed');
  });

  it('names its verbs where another one is typed', async () => {
    expect(textOf(await ask(fake, '/fav tf1'))).toBe(
      'Unknown choice “tf1”: choose one of list, add, remove, play.',
    );
  });

  it('keeps 25 favourites at most, which fit the buttons of a message', async () => {
    for (let id = 100; id < 125; id++)
      fake.context.favourites.add(ada.id, { channelId: mainId(id), channelName: `Channel ${id}` }, id);
    expect(textOf(await ask(fake, '/fav add arte'))).toContain('You have 25 favourites');
  });

  it('suggests only favourites for the option of a favourite', async () => {
    await ask(fake, '/fav add arte');
    await ask(fake, '/fav add canal+');
    const labels = (typed: string) =>
      suggest(fake.context, ada, { place: room.id, option: 'favourite', typed }).map(({ label }) => label);
    expect(labels('')).toEqual(['★ ARTE', '★ CANAL+']);
    expect(labels('cann')).toEqual(['★ CANAL+']);
    expect(labels('m6')).toEqual([]);
  });
});
