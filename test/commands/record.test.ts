import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { execute } from '../../src/commands/execute.ts';
import { registry } from '../../src/commands/registry.ts';
import type { Programme } from '../../src/domain/channel.ts';
import type { Recording } from '../../src/domain/recording.ts';
import { settle } from '../fakes/fake-clock.ts';
import { type FakeHttp, someChannels, startFakeHttp } from '../fakes/http-context.ts';
import { mainId } from '../fakes/main-id.ts';
import { Origin, silence } from '../fakes/origin.ts';
import { ada, ask, channelsOf, labelsOf, press, textOf } from './asking.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let fake: FakeHttp;
beforeEach(async () => {
  fake = await startFakeHttp();
});
afterEach(() => fake.stop());

const now = () => fake.clock.now();
const all = () => fake.context.recordings.all();
const only = (): Recording => {
  const [recording, ...more] = all();
  if (!recording || more.length > 0) throw new Error(`${all().length} recordings`);
  return recording;
};
/** A time on this machine's clock, today. */
const today = (hour: number, minute = 0) => {
  const day = new Date(now());
  return new Date(day.getFullYear(), day.getMonth(), day.getDate(), hour, minute).getTime();
};
const programme = (title: string, start: number, stop: number): Programme => ({
  ...{ title, start, stop, description: '' },
});
const viewer = { ...ada, id: 'discord:2', name: 'Vera', role: 'viewer' } as const;

describe('/record', () => {
  it('records what is on, until its programme ends, and says so', async () => {
    fake.guide.push(programme('Le Journal', now() - 10 * MINUTE, now() + 20 * MINUTE));
    await fake.screen.broadcast.play({ channelId: mainId(1), name: 'TF1 HD' }, ada);
    const reply = await ask(fake, '/record');
    expect(only()).toMatchObject({
      ...{ channelId: mainId(1), title: 'Le Journal', start: now(), stop: now() + 25 * MINUTE },
      ...{ isFollowing: true, by: { id: ada.id, name: ada.name } },
    });
    expect(textOf(reply)).toContain('● Le Journal · TF1');
    expect(textOf(reply)).toContain(`Recording until ${now() + 25 * MINUTE}`);
    expect(textOf(reply)).toContain('in the folder of recordings');
    expect(labelsOf(reply)).toEqual(['Recordings', '● Record the series']);
    expect(textOf(await ask(fake, '/record'))).toContain('There is a recording of that already: Le Journal.');
  });

  it('records for two hours where no guide tells when the programme ends', async () => {
    await ask(fake, '/record canal+');
    expect(only()).toMatchObject({ channelId: mainId(2), title: 'Canal+', stop: now() + 2 * HOUR });
    expect(only().isFollowing).toBe(false);
  });

  it('records from one time to another, until a time, or for a while', async () => {
    await fake.clock.advance(today(20) - now());
    await ask(fake, '/record tf1 21:00-23:00');
    await ask(fake, '/record canal+ until 22h');
    await ask(fake, '/record arte for 45 min');
    expect(all().map(({ channelName, start, stop }) => [channelName, start, stop])).toEqual([
      ['Canal+', today(20), today(22)],
      ['Arte', today(20), today(20, 45)],
      ['TF1 HD', today(21), today(23)],
    ]);
  });

  it('records the programme of the evening', async () => {
    await fake.clock.advance(today(9) - now());
    fake.guide.push(
      programme('Journal', today(20), today(20, 40)),
      programme('Film', today(20, 40), today(22, 50)),
      programme('Suite', today(22, 50), today(23, 50)),
    );
    await ask(fake, '/record tf1 tonight');
    expect(only()).toMatchObject({ title: 'Film', start: today(20, 38), stop: today(22, 55) });
  });

  it('records the evening where there is no guide', async () => {
    await fake.clock.advance(today(9) - now());
    await ask(fake, '/record tf1 ce soir');
    expect(only()).toMatchObject({ start: today(20, 30), stop: today(23, 30) });
  });

  it('asks which channel is meant, and keeps the time', async () => {
    await fake.clock.advance(today(20) - now());
    const reply = await ask(fake, '/record 21h-23h');
    expect(textOf(reply)).toContain('/record');
    await press(fake, reply, 'TF1');
    expect(only()).toMatchObject({ channelId: mainId(1), start: today(21), stop: today(23) });
  });

  it('asks which channel is meant for what is on now', async () => {
    await press(fake, await ask(fake, '/record'), 'Arte');
    expect(only()).toMatchObject({ channelId: mainId(3), start: now() });
  });

  it('records the programme that begins at about a time, also for another way to write it', async () => {
    await fake.clock.advance(today(16) - now());
    fake.guide.push(
      programme('Météo', today(20, 42), today(20, 52)),
      programme('Film', today(20, 55), today(22, 50)),
    );
    await ask(fake, '/record tf1 20h50');
    expect(only()).toMatchObject({ title: 'Film', start: today(20, 53), stop: today(22, 55) });
    await ask(fake, '/record canal+ à 21h30');
    expect(all().map(({ title, channelName }) => [title, channelName])).toContainEqual(['Film', 'Canal+']);
  });

  it('leaves what is over to the archive', async () => {
    await fake.clock.advance(today(16) - now());
    expect(textOf(await ask(fake, '/record tf1 hier 20h'))).toContain('This time is over');
    expect(all()).toEqual([]);
  });

  const call = async (...values: string[]) => {
    const place = { id: 'discord:tv', platform: 'discord', language: 'en', isPrivate: false } as const;
    return execute(registry, fake.context, { actor: ada, place }, { command: 'record', values });
  };

  it('takes the end of its option, from the beginning that was typed', async () => {
    await fake.clock.advance(today(16) - now());
    await call('tf1 demain 21h', '23h');
    expect(only()).toMatchObject({ start: today(45), stop: today(47) });
    await call('arte', 'until 18:00');
    expect(all()[0]).toMatchObject({ start: today(16), stop: today(18) });
  });

  it('says what is wrong with a time', async () => {
    expect(textOf(await call('tf1', 'later'))).toContain(
      'The time “later” cannot be read: write 21:00-23:00',
    );
    expect(all()).toEqual([]);
  });

  it('is for viewers too, a few at a time', async () => {
    await fake.stop();
    fake = await startFakeHttp({ recordingsPerPerson: 1 });
    await ask(fake, '/record tf1', viewer);
    expect(only().by).toEqual({ id: viewer.id, name: viewer.name });
    const refused = await ask(fake, '/record arte', viewer);
    expect(textOf(refused)).toBe(
      'You have as many recordings planned or running as you may (1): delete one with /recordings or in the console.',
    );
    await ask(fake, '/record canal+');
    await ask(fake, '/record arte');
    expect(all()).toHaveLength(3);
  });

  it('is for controllers only where the settings say so', async () => {
    await fake.stop();
    fake = await startFakeHttp({ recordingsPerPerson: 0 });
    expect(textOf(await ask(fake, '/record tf1', viewer))).toBe('Only controllers may record.');
    fake.guide.push(programme('Journal', now() - MINUTE, now() + HOUR));
    expect(labelsOf(await ask(fake, '/epg tf1', viewer)).join()).not.toContain('Journal');
    expect(all()).toEqual([]);
  });

  it('warns where more is to be recorded than there are connections, and names it', async () => {
    await ask(fake, '/record tf1');
    const reply = await ask(fake, '/record arte');
    expect(textOf(reply)).toContain('than the one connection can: TF1.');
  });

  it('warns that all connections are in use, and by whom', async () => {
    await fake.stop();
    const origin = await new Origin().start();
    origin.answer(silence());
    fake = await startFakeHttp({ origin });
    const { tuners } = fake.context;
    const signal = new AbortController().signal;
    // It stays open while the provider says nothing.
    fake.context.tuners.acquire({ channelId: mainId(2), name: 'Canal+' }, 'screen', signal).catch(() => {});
    await settle();
    expect(tuners.canOpenFor({ channelId: mainId(1) }, 'recording')).toBe(false);
    expect(textOf(await ask(fake, '/record tf1'))).toContain('The one connection is in use: Canal+.');
    await origin.stop();
  });

  it('is a button of /epg for each of the next programmes, for those who may', async () => {
    const film = programme('Film', now() + HOUR, now() + 3 * HOUR);
    fake.guide.push(programme('Journal', now() - MINUTE, now() + HOUR), film);
    const epg = await ask(fake, '/epg tf1');
    expect(labelsOf(epg)).toEqual(expect.arrayContaining(['● Journal', '● Film']));
    await press(fake, epg, '● Film');
    expect(only()).toMatchObject({
      title: 'Film',
      start: film.start - 2 * MINUTE,
      stop: film.stop + 5 * MINUTE,
    });
    expect(labelsOf(await ask(fake, '/epg tf1', viewer)).join()).toContain('● Film');
  });

  it('is a button of the card', async () => {
    await press(fake, await ask(fake, '/play tf1'), '● Record');
    expect(only()).toMatchObject({ channelId: mainId(1) });
  });
});

describe('/record with a title', () => {
  beforeEach(async () => {
    await fake.clock.advance(today(16) - now());
    fake.guide.push(
      programme('Journal de 20 h', today(20), today(20, 40)),
      programme('Koh-Lanta', today(21), today(23)),
      programme('Football : PSG – OM', today(42, 45), today(45)),
      programme('Koh-Lanta', today(45), today(47)),
    );
    // The guide is searched as far as it has been asked for.
    await fake.context.guide.between(mainId(1), now(), today(48), 1_000);
  });

  it.each(['psg', 'the psg', 'PSG om', 'tf1 psg', 'psg sur tf1', 'psg demain soir'])(
    '%j records the only programme of that name',
    async (typed) => {
      await ask(fake, `/record ${typed}`);
      expect(only()).toMatchObject({ title: 'Football : PSG – OM', channelId: mainId(1), isFollowing: true });
    },
  );

  it('asks which one is meant, and offers the series', async () => {
    const reply = await ask(fake, '/record koh-lanta');
    expect(reply.isPrivate).toBe(true);
    expect(textOf(reply).split('\n')).toEqual([
      'Which programme?',
      `1. Koh-Lanta · TF1 · ${today(21)}`,
      `2. Koh-Lanta · TF1 · ${today(45)}`,
    ]);
    expect(labelsOf(reply)).toEqual(['● 1', '● 2', '● Record the series']);
    await press(fake, reply, '● 2');
    expect(only()).toMatchObject({ title: 'Koh-Lanta', start: today(44, 58) });
    expect(textOf(await press(fake, reply, '● Record the series'))).toContain('Series: Koh-Lanta');
  });

  it('takes the one at the time that was typed', async () => {
    await ask(fake, '/record koh-lanta demain 21h');
    expect(only()).toMatchObject({ title: 'Koh-Lanta', start: today(44, 58) });
  });

  it('says where nothing has that name', async () => {
    const reply = await ask(fake, '/record zorro', { ...ada, language: 'fr' });
    expect(textOf(reply)).toContain('Aucune chaîne ni émission du guide ne s’appelle «\u00a0zorro\u00a0»');
    expect(all()).toEqual([]);
  });

  it.each([
    'série koh-lanta',
    'koh-lanta series',
    'koh-lanta tous les épisodes',
    'tf1 21h série',
    'every day tf1 9pm',
  ])('%j shows what the series would take, as the button does', async (typed) => {
    const asked = await ask(fake, `/record ${typed}`);
    expect(textOf(asked)).toContain('Series: Koh-Lanta');
    expect(labelsOf(asked)).toEqual(['● Record all of these', '☐ New only', '☑ TF1 only', 'Cancel']);
    expect(asked.isPrivate).toBe(true);
    await press(fake, asked, '● Record all of these');
    expect(fake.context.recordingRules.all()).toMatchObject([
      { title: 'Koh-Lanta', match: 'exact', channel: { channelId: mainId(1) } },
    ]);
    expect(all()).toHaveLength(2);
  });

  it('asks which series is meant', async () => {
    fake.guide.push(programme('Journal de la nuit', today(23), today(23, 30)));
    await fake.clock.advance(HOUR);
    await fake.context.guide.between(mainId(1), now(), today(48), 1_000);
    const reply = await ask(fake, '/record journal series');
    expect(labelsOf(reply)).toEqual(['Series: Journal de 20 h', 'Series: Journal de la nuit']);
    expect(textOf(await press(fake, reply, 'Series: Journal de la nuit'))).toContain('has 1 to record');
  });

  it('is the channel whose name has a word of a time or of series', async () => {
    await fake.stop();
    fake = await startFakeHttp({ channels: channelsOf(['TF1', 'Canal 24h', 'Série Club']) });
    await ask(fake, '/record canal 24h');
    await ask(fake, '/record série club');
    expect(all().map(({ channelName }) => channelName)).toEqual(['Canal 24h', 'Série Club']);
  });

  it('asks which channel of a series is meant', async () => {
    const asked = await press(fake, await ask(fake, '/record 21h series'), 'TF1');
    expect(textOf(asked)).toContain('Series: Koh-Lanta');
  });
});

describe('a foreseen conflict', () => {
  const kept = (days: number) =>
    someChannels.map((channel) => ({ ...channel, archiveDays: channel.name === 'Arte' ? days : 0 }));
  const restart = async (days = 3) => {
    await fake.stop();
    fake = await startFakeHttp({ channels: kept(days) });
  };
  const arte = () => all().find(({ channelId }) => channelId === mainId(3));

  it('is left by the archive afterwards, where the channel has one', async () => {
    await restart();
    await ask(fake, '/record tf1');
    const reply = await ask(fake, '/record arte');
    expect(labelsOf(reply)).toEqual(['⏮ From the archive afterwards', '✖ Do not record it', 'Recordings']);
    const pressed = await press(fake, reply, '⏮ From the archive afterwards');
    expect(textOf(pressed)).toContain('“Arte” will be taken from the provider’s archive once it is over.');
    expect(arte()).toMatchObject({ isFromArchive: true, state: 'planned' });
    expect(textOf(pressed)).toMatch(/Arte .* planned, from the archive/);
    expect(labelsOf(pressed).join()).not.toContain('+30');
  });

  it('is left by giving up, where nothing else helps', async () => {
    await ask(fake, '/record tf1');
    const reply = await ask(fake, '/record arte');
    expect(labelsOf(reply)).toEqual(['✖ Do not record it', 'Recordings']);
    const eve = { ...viewer, id: 'discord:9' };
    expect(textOf(await press(fake, reply, '✖ Do not record it', eve))).not.toContain('deleted');
    expect(arte()).toBeDefined();
    expect(textOf(await press(fake, reply, '✖ Do not record it'))).toContain('“Arte” was deleted.');
    expect(arte()).toBeUndefined();
  });

  it('is left without margins, where they alone make it', async () => {
    await fake.clock.advance(today(9) - now());
    const [journal, film] = [
      programme('Journal', today(20), today(20, 40)),
      programme('Film', today(20, 40), today(22, 50)),
    ];
    const recorded = (channel: number, each: Programme) => {
      fake.guide.splice(0, fake.guide.length, each);
      return ask(fake, `/record ${channel === 1 ? 'tf1' : 'arte'} tonight`);
    };
    await recorded(1, film);
    const reply = await recorded(3, journal);
    expect(labelsOf(reply)).toEqual([
      'Without minutes before and after',
      '✖ Do not record it',
      'Recordings',
      '● Record the series',
    ]);
    const pressed = await press(fake, reply, 'Without minutes before and after');
    expect(textOf(pressed)).toContain('Without minutes before and after: Journal, Film.');
    expect(all().map(({ title, start, stop, isFollowing }) => [title, start, stop, isFollowing])).toEqual([
      ['Journal', today(20), today(20, 40), true],
      ['Film', today(20, 40), today(22, 50), true],
    ]);
  });

  it('is none where nothing is recorded at the time', async () => {
    await restart();
    expect(labelsOf(await ask(fake, '/record arte'))).toEqual(['Recordings']);
  });
});

describe('the archive', () => {
  it('has a programme whose beginning was missed, in full', async () => {
    await fake.stop();
    fake = await startFakeHttp({ channels: someChannels.map((each) => ({ ...each, archiveDays: 1 })) });
    fake.guide.push(programme('Film', now() - 30 * MINUTE, now() + HOUR));
    const reply = await ask(fake, '/record tf1');
    expect(only()).toMatchObject({
      ...{ isFromArchive: true, start: now() - 32 * MINUTE, stop: now() + 65 * MINUTE },
    });
    expect(textOf(reply)).toContain('It comes from the provider’s archive');
    expect(textOf(reply)).toContain(String(now() + 75 * MINUTE));
    expect(labelsOf(reply)).toEqual(['● Record from now on instead', 'Recordings', '● Record the series']);
    await ask(fake, '/record tf1 until 23:59');
    expect(all().map(({ isFromArchive }) => isFromArchive)).toEqual([true, false]);
    await press(fake, reply, '● Record from now on instead');
    expect(all()[0]).toMatchObject({ isFromArchive: false, start: now(), stop: now() + 65 * MINUTE });
  });

  it('is not needed for what has just begun', async () => {
    await fake.stop();
    fake = await startFakeHttp({ channels: someChannels.map((each) => ({ ...each, archiveDays: 1 })) });
    fake.guide.push(programme('Film', now() - MINUTE, now() + HOUR));
    await ask(fake, '/record tf1');
    expect(only().isFromArchive).toBe(false);
  });
});

describe('/recordings', () => {
  it('says that there is none, and how to begin', async () => {
    expect(textOf(await ask(fake, '/recordings'))).toContain('Type /record');
  });

  it('lists what runs, what is planned and what is over, with what is missing and why', async () => {
    await ask(fake, '/record tf1');
    await ask(fake, '/record canal+');
    await ask(fake, '/record arte');
    const [one = 0, two = 0, three = 0] = all().map(({ id }) => id);
    const { storedRecordings: stored } = fake;
    const reason = { code: 'channel_dead', params: {} } as const;
    const holes = [{ from: 0, to: 5_000 }];
    stored.change(one, { state: 'incomplete', reason, holes, file: 'x.mkv' });
    stored.change(two, { state: 'recording' });
    stored.change(three, { start: now() + HOUR });
    const lines = textOf(await ask(fake, '/recordings')).split('\n');
    expect(lines[1]).toMatch(/^1\. ● Canal\+ .* recording$/);
    expect(lines[2]).toMatch(/^2\. Arte .* planned$/);
    expect(lines[3]).toMatch(/^3\. TF1 .* incomplete \(5 s missing\)$/);
    expect(lines[4]).toMatch(/TF1|channel/i);
    expect(textOf(await ask(fake, '/recordings arte')).split('\n')).toHaveLength(2);
  });

  it('extends and stops what runs', async () => {
    await ask(fake, '/record tf1');
    const { id, stop } = only();
    fake.storedRecordings.change(id, { state: 'recording' });
    await press(fake, await ask(fake, '/recordings'), '1: +30 min');
    expect(only().stop).toBe(stop + 30 * MINUTE);
    await fake.clock.advance(MINUTE);
    const stopped = await press(fake, await ask(fake, '/recordings'), '■ 1');
    expect(textOf(stopped)).toContain('The recording of “TF1” was stopped.');
    expect(only().stop).toBe(now());
  });

  it('deletes for good only after a question', async () => {
    await ask(fake, '/record tf1');
    const sure = await press(fake, await ask(fake, '/recordings'), '✖ 1');
    expect(textOf(sure)).toBe('Delete “TF1” for good?');
    await press(fake, sure, 'Cancel');
    expect(all()).toHaveLength(1);
    expect(textOf(await press(fake, sure, '✖ Delete for good'))).toContain('“TF1” was deleted.');
    expect(all()).toEqual([]);
    expect(textOf(await press(fake, sure, '✖ Delete for good'))).toContain('no such recording');
  });

  it('lets viewers stop and delete their own, and look at the others', async () => {
    await ask(fake, '/record tf1');
    const reply = await ask(fake, '/recordings', viewer);
    expect(textOf(reply)).toContain('TF1');
    expect(labelsOf(reply)).toEqual([]);
    const buttons = await ask(fake, '/recordings');
    expect(textOf(await press(fake, buttons, '✖ 1', viewer))).toContain('That is somebody else’s');
    await ask(fake, '/record arte', viewer);
    const own = await ask(fake, '/recordings arte', viewer);
    expect(labelsOf(own)).toEqual(['✖ 1']);
    await press(fake, await press(fake, own, '✖ 1', viewer), '✖ Delete for good', viewer);
    expect(only().channelName).toBe('TF1 HD');
    await press(fake, await press(fake, buttons, '✖ 1'), '✖ Delete for good');
    expect(all()).toEqual([]);
  });
});
