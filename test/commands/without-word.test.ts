import { afterEach, describe, expect, it } from 'vitest';
import { suggest } from '../../src/commands/suggest.ts';
import { type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';
import { mainId } from '../fakes/main-id.ts';
import { ada, ask, channelsOf, labelsOf, press, room, textOf } from './asking.ts';

let fake: FakeHttp;
const start = async (names: readonly string[]) => {
  fake = await startFakeHttp({ channels: channelsOf(names) });
};
afterEach(() => fake.stop());

const onAir = () => fake.screen.broadcast.status.channel?.name ?? null;

describe('a command without its option', () => {
  it.each([
    ['/play', 'Which channel? Type /play and a name, or choose one:'],
    ['/search', 'Which channel? Type /search and a name, or choose one:'],
    ['/vlc', 'Which channel? Type /vlc and a name, or choose one:'],
    ['/epg', 'Which channel? Type /epg and a name, or choose one:'],
    ['/fav add', 'Which channel? Type /fav add and a name, or choose one:'],
  ])('%s asks which channel is meant, and offers a newcomer the first of the list', async (text, said) => {
    fake = await startFakeHttp({
      channels: channelsOf(['FR: TF1 FHD', 'FR: TF1 SD', 'FR: Arte HD']),
      publicUrl: 'https://tv.example',
    });
    const reply = await ask(fake, text);
    expect(textOf(reply)).toBe(said);
    expect(reply.isPrivate).toBe(true);
    expect(reply.menu?.choices).toMatchObject([
      { label: 'TF1', description: 'France · FHD SD' },
      { label: 'Arte', description: 'France · HD' },
    ]);
  });

  it('offers favourites first, then watched channels, then those the room watches', async () => {
    await start(['TF1', 'Arte', 'M6', 'Canal+', 'W9']);
    const bob = { ...ada, id: 'discord:2', name: 'Bob' };
    await ask(fake, '/play w9', bob);
    await ask(fake, '/play m6');
    await ask(fake, '/fav add canal+');
    expect(labelsOf(await ask(fake, '/play')).slice(0, 2)).toEqual(['★ Canal+', 'M6']);
    const reply = await ask(fake, '/search', bob);
    expect(labelsOf(reply)[0]).toBe('W9');
    await press(fake, reply, 'W9', bob);
    expect(onAir()).toBe('W9');
  });

  it('never offers more channels than fit a menu', async () => {
    await start(Array.from({ length: 60 }, (_, at) => `Channel no. ${at}`));
    expect(labelsOf(await ask(fake, '/play'))).toHaveLength(25);
    const labels = labelsOf(await ask(fake, '/play channel'));
    expect(labels).toHaveLength(25);
  });

  it('suggests the first of the list to a newcomer who has typed nothing, and nothing to a stranger', async () => {
    await start(['TF1', 'Arte']);
    const typing = { place: room.id, option: 'channel', typed: '' };
    const labels = suggest(fake.context, ada, typing).map(({ label }) => label);
    expect(labels).toEqual(['TF1', 'Arte']);
    expect(suggest(fake.context, { ...ada, role: null }, typing)).toEqual([]);
  });

  it('/lang shows both languages, each in its own words', async () => {
    await start(['TF1']);
    const reply = await ask(fake, '/lang');
    expect(labelsOf(reply)).toEqual(['Français', 'English']);
    expect(textOf(await press(fake, reply, 'Français'))).toBe('Je vous réponds désormais en français.');
  });

  it('/fav remove asks which favourite is meant, and /fav play lists them', async () => {
    await start(['TF1', 'Arte', 'M6']);
    for (const name of ['tf1', 'arte']) await ask(fake, `/fav add ${name}`);
    expect(labelsOf(await ask(fake, '/fav play'))).toEqual(['▶ TF1', '✖', '▶ Arte', '✖']);
    await press(fake, await ask(fake, '/fav remove'), 'TF1');
    expect(fake.context.favourites.of(ada.id)).toMatchObject([{ channelId: mainId(2) }]);
  });

  it('/fav shows many favourites as a menu that plays, with a button to remove', async () => {
    await start(Array.from({ length: 8 }, (_, at) => `Channel no. ${at}`));
    for (let id = 1; id <= 8; id += 1) await ask(fake, `/fav add #${id}`);
    const list = await ask(fake, '/fav');
    expect(list.menu?.choices).toHaveLength(8);
    await press(fake, list, 'Channel no. 3');
    expect(onAir()).toBe('Channel no. 3');
    const which = await press(fake, list, '✖ Remove');
    await press(fake, which, 'Channel no. 5');
    expect(fake.context.favourites.of(ada.id)).toHaveLength(7);
  });
});
