import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Reply } from '../../src/commands/reply.ts';
import { suggest } from '../../src/commands/suggest.ts';
import { type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';
import { ada, ask, channelsOf, labelsOf, press, textOf } from './asking.ts';

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

const onAir = () => fake.context.broadcast.status.channel?.name ?? null;
const played = (reply: Reply) => labelsOf(reply).filter((label) => label.startsWith('▶'));
const mine = async () => played(await ask(fake, '/fav'));

describe('/fav', () => {
  it('says how to begin', async () => {
    expect(textOf(await ask(fake, '/fav'))).toContain('/fav add');
  });

  it('keeps channels by name, and plays them by button', async () => {
    expect(textOf(await ask(fake, '/fav add cannal plus'))).toBe('★ CANAL+ was added to your favourites.');
    await ask(fake, '/fav add tf1 sd');
    const list = await ask(fake, '/fav list');
    expect(labelsOf(list)).toEqual(['▶ CANAL+', '✖', '▶ TF1', '✖']);
    await press(fake, list, '▶ TF1');
    expect(onAir()).toBe('FR| TF1 SD');
  });

  it('says that a channel is kept already, and what takes it out', async () => {
    const first = await ask(fake, '/fav add arte');
    expect(labelsOf(first)).toEqual(['✖ Remove']);
    const again = await ask(fake, '/fav add arte');
    expect(textOf(again)).toBe('★ ARTE is already in your favourites. Remove it with /fav remove.');
    await press(fake, again, '✖ Remove');
    expect(await mine()).toEqual([]);
  });

  it('marks kept channels in lists that one person sees, whichever variant is kept', async () => {
    await ask(fake, '/fav add tf1 sd');
    await ask(fake, '/fav add canal+ sport');
    expect(labelsOf(await ask(fake, '/search canal'))).toEqual(['★ CANAL+ SPORT', 'CANAL+']);
    expect(labelsOf(await ask(fake, '/play canal'))).toContain('★ CANAL+ SPORT');
    const bob = { ...ada, id: 'telegram:2' };
    expect(labelsOf(await ask(fake, '/search canal', bob)).join()).not.toContain('★');
  });

  it('keeps what is on, where nothing is named', async () => {
    const choice = await ask(fake, '/fav add');
    expect(textOf(choice)).toBe('Which channel? Type /fav add and a name, or choose one:');
    expect(labelsOf(choice)).toContain('ARTE');
    await ask(fake, '/play arte');
    await ask(fake, '/fav add');
    expect(await mine()).toEqual(['▶ ARTE']);
  });

  it('asks which one, where it could be several, and keeps what is pressed', async () => {
    const reply = await ask(fake, '/fav add canal');
    await press(fake, reply, 'CANAL+ SPORT');
    expect(await mine()).toEqual(['▶ CANAL+ SPORT']);
  });

  it('keeps one variant of a channel: the last that was added', async () => {
    await ask(fake, '/fav add tf1');
    await ask(fake, '/fav add tf1 sd');
    expect(fake.context.favourites.of(ada.id)).toEqual([{ channelId: 2, channelName: 'FR| TF1 SD' }]);
  });

  it('lets go by name, however it is written, and takes that back', async () => {
    await ask(fake, '/fav add canal+');
    await ask(fake, '/fav add arte');
    const reply = await ask(fake, '/fav remove cannal plus');
    expect(textOf(reply)).toBe('CANAL+ was removed from your favourites.');
    expect(await mine()).toEqual(['▶ ARTE']);
    await press(fake, reply, '★ Add it back');
    expect(await mine()).toEqual(['▶ ARTE', '▶ CANAL+']);
  });

  it('plays one, in another quality if that is said, for all to see', async () => {
    await ask(fake, '/fav add tf1 sd');
    const reply = await ask(fake, '/fav play tf1 fhd');
    expect(onAir()).toBe('FR| TF1 FHD');
    expect(reply.isPrivate).toBe(false);
  });

  it('knows only what is kept, and each only their own', async () => {
    await ask(fake, '/fav add arte');
    expect(textOf(await ask(fake, '/fav play m6'))).toContain('No favourite matches');
    const bob = { ...ada, id: 'telegram:2' };
    expect(textOf(await ask(fake, '/fav', bob))).toContain('no favourites yet');
  });

  it('says what has left the list', async () => {
    const gone = { channelId: 77, channelName: 'Gone TV' };
    fake.context.favourites.add(ada.id, gone, 1);
    await ask(fake, '/fav add arte');
    const reply = await ask(fake, '/fav');
    expect(textOf(reply)).toContain('Gone TV is not in the list at the moment.');
    expect(labelsOf(reply)).toEqual(['✖ Gone TV', '▶ ARTE', '✖']);
    expect(textOf(await ask(fake, '/fav remove gone'))).toContain('Gone TV was removed');
  });

  it('says which words it knows', async () => {
    expect(textOf(await ask(fake, '/fav tf1'))).toBe(
      'Unknown choice “tf1”: choose one of list, add, remove, play.',
    );
  });

  it('keeps 25 at most: they must fit a message’s buttons', async () => {
    for (let id = 100; id < 125; id++)
      fake.context.favourites.add(ada.id, { channelId: id, channelName: `Channel ${id}` }, id);
    expect(textOf(await ask(fake, '/fav add arte'))).toContain('You have 25 favourites');
  });

  it('suggests only favourites where one is wanted', async () => {
    await ask(fake, '/fav add arte');
    await ask(fake, '/fav add canal+');
    const labels = (typed: string) =>
      suggest(fake.context, ada, { option: 'favourite', typed }).map(({ label }) => label);
    expect(labels('')).toEqual(['★ ARTE', '★ CANAL+']);
    expect(labels('cann')).toEqual(['★ CANAL+']);
    expect(labels('m6')).toEqual([]);
  });
});
