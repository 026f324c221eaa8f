import { afterEach, describe, expect, it } from 'vitest';
import { encodeAction, type Reply } from '../../src/commands/reply.ts';
import { liveScreen } from '../../src/domain/ids.ts';
import { type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';
import { mainId, numberOf } from '../fakes/main-id.ts';
import { ada, ask, channelsOf, labelsOf, press, textOf } from './asking.ts';

let fake: FakeHttp;
afterEach(() => fake.stop());

const MINUTE = 60_000;
const onAir = () => fake.screen.broadcast.status.channel?.name ?? null;

/** All that a message may have: Discord's rows, and each button different. */
function expectToFit({ buttons = [] }: Reply): void {
  expect(buttons.length).toBeLessThanOrEqual(5);
  for (const row of buttons) expect(row.length).toBeLessThanOrEqual(5);
  const ids = buttons.flat().flatMap((button) => ('action' in button ? [encodeAction(button.action)] : []));
  expect(new Set(ids).size).toBe(ids.length);
}

describe('/channels', () => {
  const categories = Array.from({ length: 20 }, (_, at) => ({
    id: String(at + 1),
    name: `Category ${at + 1}`,
  }));
  const names = Array.from({ length: 18 }, (_, at) => [`Show ${at + 1} HD`, `Show ${at + 1} SD`]).flat();
  const many = categories.flatMap((category, at) =>
    channelsOf(at === 0 ? names : [`Only ${at}`], category).map((channel) => ({
      ...channel,
      id: mainId(numberOf(channel.id) + at * 1000),
    })),
  );

  it('shows categories and their channels page by page, and plays one', async () => {
    fake = await startFakeHttp({ channels: many, categories: [...categories, { id: '99', name: 'Empty' }] });
    const first = await ask(fake, '/channels');
    expect(textOf(first)).toBe('20 categories');
    expect(labelsOf(first)).toEqual([...categories.slice(0, 8).map(({ name }) => name), '1/3', '▶']);
    expectToFit(first);
    const last = await press(fake, await press(fake, first, '▶'), '▶');
    expect(labelsOf(last)).toEqual(['Category 17', 'Category 18', 'Category 19', 'Category 20', '◀', '3/3']);
    expect(labelsOf(await press(fake, last, '◀'))).toContain('2/3');

    const channels = await press(fake, first, 'Category 1');
    expect(textOf(channels)).toBe('Category 1 · 18 channels');
    expect(labelsOf(channels)).toEqual([
      ...Array.from({ length: 8 }, (_, at) => `Show ${at + 1}`),
      ...['1/3', '▶', '↩ Categories'],
    ]);
    expectToFit(channels);
    const second = await press(fake, channels, '▶');
    expectToFit(second);
    expect(labelsOf(await press(fake, second, '↩ Categories'))).toEqual(labelsOf(first));
    await press(fake, second, 'Show 9');
    expect(onAir()).toBe('Show 9 HD');
  });

  it('starts over where a category or a page is gone', async () => {
    fake = await startFakeHttp({ channels: many.slice(0, 2), categories });
    const old: Reply = {
      lines: [],
      isPrivate: true,
      buttons: [
        [{ label: 'gone', action: { command: 'channels', values: ['77', '1'] } }],
        [{ label: 'far', action: { command: 'channels', values: ['1', '50'] } }],
        [{ label: 'odd', action: { command: 'channels', values: ['1', 'x'] } }],
      ],
    };
    expect(labelsOf(await press(fake, old, 'gone'))).toEqual(['Category 1']);
    expect(labelsOf(await press(fake, old, 'far'))).toEqual(['Show 1', '↩ Categories']);
    expect(labelsOf(await press(fake, old, 'odd'))).toEqual(['Show 1', '↩ Categories']);
  });

  it('asks to wait while there is no channel list', async () => {
    fake = await startFakeHttp({ channels: [] });
    expect(textOf(await ask(fake, '/channels'))).toContain('still being loaded');
  });
});

describe('/epg', () => {
  it('shows the current programme, its progress and the next ones', async () => {
    fake = await startFakeHttp();
    const now = fake.clock.now();
    const show = (title: string, start: number, description = '') => ({
      title,
      description,
      start: now + start * MINUTE,
      stop: now + (start + 60) * MINUTE,
    });
    fake.guide.push(
      show('Journal', -15, 'Les nouvelles'),
      show('Film', 45),
      show('Météo', 105),
      show('Nuit', 165),
    );
    const reply = await ask(fake, '/epg tf1');
    expect(textOf(reply).split('\n')).toEqual([
      'TF1',
      `${now - 15 * MINUTE}–${now + 45 * MINUTE} Journal`,
      '▰▰▱▱▱▱▱▱▱▱ 25 %',
      'Les nouvelles',
      `${now + 45 * MINUTE} Film`,
      `${now + 105 * MINUTE} Météo`,
      `${now + 165 * MINUTE} Nuit`,
    ]);
    await press(fake, reply, '▶ TF1');
    expect(onAir()).toBe('TF1 HD');
    expect(textOf(await ask(fake, '/epg'))).toContain('Journal');
  });

  it('says that there is no guide, or that nothing is on', async () => {
    fake = await startFakeHttp();
    expect(textOf(await ask(fake, '/epg arte'))).toContain('has no guide for');
    expect(textOf(await ask(fake, '/epg'))).toContain('Which channel? Type /epg');
  });

  it('adds the channel to the favourites by a button', async () => {
    fake = await startFakeHttp();
    await press(fake, await ask(fake, '/epg arte'), '★ Favourite');
    expect(labelsOf(await ask(fake, '/fav'))).toEqual(['▶ Arte', '✖']);
  });
});

describe('/history', () => {
  it('shows what was on and who requested it, and plays it again', async () => {
    fake = await startFakeHttp();
    expect(textOf(await ask(fake, '/history'))).toContain('Nothing has been on air yet');
    const started = fake.clock.now();
    await ask(fake, '/play tf1');
    fake.clock.skip(30 * MINUTE);
    await ask(fake, '/play arte', { ...ada, id: 'telegram:7', name: 'Bob' });
    const reply = await ask(fake, '/history');
    expect(textOf(reply).split('\n')).toEqual([
      'Recently on air:',
      `${started + 30 * MINUTE} Arte · requested by Bob · on air`,
      `${started} TF1 · requested by Ada · 30 min`,
    ]);
    expect(labelsOf(reply)).toEqual(['▶ Arte', '▶ TF1']);
    await press(fake, reply, '▶ TF1');
    expect(onAir()).toBe('TF1 HD');
    expect(labelsOf(await ask(fake, '/history'))).toEqual(['▶ TF1', '▶ Arte']);
  });

  it('finds a renumbered channel, and offers none that is gone', async () => {
    fake = await startFakeHttp();
    const { history } = fake.context;
    for (const channelName of ['Gone TV', 'Arte'])
      history.begin({ channelId: mainId(999), channelName, askedBy: null, startedAt: 1 }, liveScreen);
    const reply = await ask(fake, '/history');
    expect(textOf(reply)).toContain('Gone TV');
    await press(fake, reply, '▶ Arte');
    expect(labelsOf(reply)).toEqual(['▶ Arte']);
    expect(onAir()).toBe('Arte');
  });
});
