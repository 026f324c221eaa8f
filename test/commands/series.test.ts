import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Programme } from '../../src/domain/channel.ts';
import { type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';
import { mainId } from '../fakes/main-id.ts';
import { ada, ask, labelsOf, press, textOf } from './asking.ts';

const HOUR = 3_600_000;
const SURE = '● Record all of these';
const SERIES = '● Record the series';

let fake: FakeHttp;
beforeEach(async () => {
  fake = await startFakeHttp();
  fake.guide.push(
    programme('Le Journal', 0, 1),
    programme('Film', 1, 3),
    programme('Le Journal', 5, 6, { subTitle: 'Midi' }),
    programme('Le Journal', 9, 10, { isNew: false }),
  );
  // The guide is searched as far as it has been asked for.
  await fake.context.guide.between(mainId(1), fake.clock.now(), fake.clock.now() + 24 * HOUR, 1_000);
});
afterEach(() => fake.stop());

const programme = (title: string, from: number, to: number, more: Partial<Programme> = {}): Programme => ({
  ...{ title, description: '', start: fake.clock.now() + from * HOUR, stop: fake.clock.now() + to * HOUR },
  ...more,
});
const viewer = { ...ada, id: 'discord:2', name: 'Vera', role: 'viewer' } as const;
const rules = () => fake.context.recordingRules.all();
const planned = () =>
  fake.context.recordings.all().map(({ title, start }) => [title, (start - fake.clock.now()) / HOUR]);

describe('recording a series', () => {
  it('is a button beside a recorded programme, which shows what it would take', async () => {
    const recorded = await ask(fake, '/record tf1');
    expect(labelsOf(recorded)).toEqual(['Recordings', SERIES]);
    const asked = await press(fake, recorded, SERIES);
    expect(asked.isPrivate).toBe(true);
    expect(textOf(asked).split('\n')).toEqual([
      'Series: Le Journal',
      'The guide has 2 to record, on TF1:',
      `• ${fake.clock.now() + 5 * HOUR} · TF1 · Midi`,
      `• ${fake.clock.now() + 9 * HOUR} · TF1`,
    ]);
    expect(labelsOf(asked)).toEqual([SURE, '☐ New only', '☑ TF1 only', 'Cancel']);
    expect(rules()).toEqual([]);
    expect(planned()).toHaveLength(1);
  });

  it('is no button where no guide tells what is recorded, nor for those who may not record', async () => {
    await fake.stop();
    fake = await startFakeHttp({ recordingsPerPerson: 0 });
    fake.guide.push(programme('Film', 1, 3));
    expect(labelsOf(await ask(fake, '/epg tf1')).join()).toContain('Series');
    expect(labelsOf(await ask(fake, '/epg tf1', viewer)).join()).not.toContain('Series');
    fake.guide.length = 0;
    expect(labelsOf(await ask(fake, '/record canal+'))).toEqual(['Recordings']);
  });

  it('is a button of /epg for each title', async () => {
    const epg = await ask(fake, '/epg tf1');
    expect(labelsOf(epg).filter((label) => label.startsWith('Series'))).toEqual([
      'Series: Le Journal',
      'Series: Film',
    ]);
    expect(textOf(await press(fake, epg, 'Series: Film'))).toContain('The guide has 1 to record, on TF1:');
  });

  it('plans each episode, says so once, and leads to the list, which ends it', async () => {
    const asked = await press(fake, await ask(fake, '/epg tf1'), 'Series: Le Journal');
    const added = await press(fake, asked, SURE);
    expect(textOf(added)).toContain('“Le Journal” is recorded from now on');
    expect(rules()).toMatchObject([
      {
        ...{ title: 'Le Journal', match: 'exact', isNewOnly: false, channel: { channelId: mainId(1) } },
        by: { id: ada.id, name: ada.name },
      },
    ]);
    expect(planned()).toEqual([
      ['Le Journal', 0],
      ['Le Journal', 5],
      ['Le Journal', 9],
    ]);
    expect(textOf(await press(fake, asked, SURE))).toBe('This series is recorded already: Le Journal.');
    const list = await press(fake, await ask(fake, '/recordings'), 'Series: 1');
    expect(textOf(list)).toContain('1. Le Journal · TF1 · Ada');
    const ended = await press(fake, list, '✖ 1');
    expect(textOf(ended)).toContain('The series “Le Journal” is ended.');
    expect(textOf(ended)).toContain('No series is recorded.');
    expect(rules()).toEqual([]);
    expect(planned()).toHaveLength(3);
    expect(textOf(await press(fake, list, '✖ 1'))).toBe('There is no such rule any more.');
    expect(labelsOf(await ask(fake, '/recordings')).join()).not.toContain('Series');
  });

  it('leaves out repeats, and takes any channel, where somebody says so', async () => {
    let asked = await press(fake, await ask(fake, '/epg tf1'), 'Series: Le Journal');
    expect(textOf(asked)).toContain('The guide has 3 to record');
    asked = await press(fake, asked, '☐ New only');
    expect(textOf(asked)).toContain('The guide has 2 to record');
    asked = await press(fake, asked, '☑ TF1 only');
    expect(labelsOf(asked)).toEqual([SURE, '☑ New only', '☐ TF1 only', 'Cancel']);
    await press(fake, asked, SURE);
    expect(rules()).toMatchObject([{ isNewOnly: true, channel: null }]);
    const list = await press(fake, await ask(fake, '/recordings'), 'Series: 1');
    expect(textOf(list)).toContain('1. Le Journal · any channel · new only · Ada');
  });

  it('tells viewers how many of it are planned at a time', async () => {
    await fake.stop();
    fake = await startFakeHttp({ recordingsPerPerson: 1 });
    fake.guide.push(programme('Le Journal', 1, 2), programme('Le Journal', 5, 6));
    await fake.context.guide.between(mainId(1), fake.clock.now(), fake.clock.now() + 24 * HOUR, 1_000);
    const epg = await ask(fake, '/epg tf1');
    const asked = await press(fake, epg, 'Series: Le Journal', viewer);
    expect(textOf(asked)).toContain('Of your recordings, at most 1');
    expect(textOf(await press(fake, epg, 'Series: Le Journal'))).not.toContain('Of your');
    await press(fake, asked, SURE, viewer);
    expect(planned()).toEqual([['Le Journal', 1]]);
  });

  it('changes nothing when it is cancelled', async () => {
    const asked = await press(fake, await ask(fake, '/epg tf1'), 'Series: Le Journal');
    expect(textOf(await press(fake, asked, 'Cancel'))).toBe('Nothing changes.');
    expect(rules()).toEqual([]);
  });

  it('says what is missing where the guide has lost the programme', async () => {
    const asked = await press(fake, await ask(fake, '/epg tf1'), 'Series: Film');
    fake.guide.length = 0;
    await fake.clock.advance(24 * HOUR);
    expect(textOf(await press(fake, asked, SURE))).toContain('The guide does not say');
    expect(rules()).toEqual([]);
  });

  it('has a button in the list where nothing is planned yet', async () => {
    fake.context.recordingRules.add({
      ...{ title: 'Soir', match: 'words', channel: null, isNewOnly: false },
      ...{ by: ada, role: 'controller', createdAt: 0 },
    });
    const list = await press(fake, await ask(fake, '/recordings'), 'Series: 1');
    expect(textOf(list)).toContain('Soir · titles with these words · any channel');
    const seen = await press(fake, await ask(fake, '/recordings', viewer), 'Series: 1', viewer);
    expect(labelsOf(seen)).toEqual(['Recordings']);
    expect(textOf(await press(fake, list, '✖ 1', viewer))).toContain('That is somebody else’s');
    expect(rules()).toHaveLength(1);
  });
});
