import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recordingTyped } from '../../src/commands/play-recording.ts';
import { pressedRecording, recordingOfMark } from '../../src/commands/recording-mark.ts';
import type { Actor } from '../../src/domain/actor.ts';
import { type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';
import { mainId } from '../fakes/main-id.ts';
import { ada, ask, channelsOf, labelsOf, press, textOf } from './asking.ts';

const HOUR = 3_600_000;
const eve: Actor = { ...ada, id: 'discord:2', name: 'Eve', role: 'viewer' };

let fake: FakeHttp;
beforeEach(async () => {
  fake = await startFakeHttp({ publicUrl: 'https://tv.example', channels: channelsOf(['TF1 HD', 'Arte']) });
});
afterEach(() => fake.stop());

/** A recording that is over. */
function keep(title: string, hoursAgo: number, channel = 1): number {
  const start = fake.clock.now() - hoursAgo * HOUR;
  const id = fake.storedRecordings.add({
    ...{ channelId: mainId(channel), channelName: 'TF1 HD', title, start, stop: start + HOUR },
    ...{
      programme: null,
      isFollowing: false,
      isFromArchive: false,
      state: 'planned',
      by: ada,
      createdAt: start,
    },
  });
  fake.storedRecordings.change(id, { state: 'done', file: `Shows/${title}.mkv`, bytes: 1 });
  return id;
}

const past = () => fake.screen.broadcast.status.past;

describe('/play recording', () => {
  it.each([
    ['recording matrix', 'matrix'],
    ['Recordings', ''],
    ['enregistrement Le Journal', 'Le Journal'],
    ['the recording matrix', 'matrix'],
    ['recording of Matrix', 'Matrix'],
    ['le dernier enregistrement', 'latest'],
    ['the latest recording of news', 'latest news'],
    ['enregistrment matrix', 'matrix'],
    ['tf1', null],
    ['la 1', null],
    ['recordingtv', null],
  ])('reads %j', (typed, title) => {
    expect(recordingTyped(typed)).toBe(title);
  });

  it('shows the recording that is meant, in any spelling, to everybody', async () => {
    keep('Le Journal', 30);
    const id = keep('Été à Paris', 20);
    const reply = await ask(fake, '/play recording ete paris');
    expect(past()).toMatchObject({ recording: id, title: 'Été à Paris', pause: null });
    expect(textOf(reply)).toContain('Été à Paris · recording of');
    expect(labelsOf(reply)).toEqual(expect.arrayContaining(['⏸ Pause', '● Back to live']));
  });

  it('asks which one, and plays what is pressed', async () => {
    const id = keep('Film', 30);
    keep('Journal', 20);
    const which = await ask(fake, '/play recording');
    expect(labelsOf(which)).toEqual(['▶ Journal', '▶ Film']);
    await press(fake, which, '▶ Film');
    expect(past()).toMatchObject({ recording: id });
  });

  it('takes the latest of several with one title', async () => {
    keep('Journal', 44);
    const id = keep('Journal', 20);
    await ask(fake, '/play recording journal');
    expect(past()).toMatchObject({ recording: id });
  });

  it.each([
    ['latest', 'Journal'],
    ['le dernier', 'Journal'],
    ['film dernier', 'Film'],
    ['the last film', 'Film'],
    ['2', 'Film'],
    ['n° 2', 'Film'],
    ['filmm', 'Film'],
  ])('takes %j', async (typed, title) => {
    keep('Film', 40);
    const film = keep('Film', 30);
    const journal = keep('Journal', 20);
    await ask(fake, `/play recording ${typed}`);
    expect(past()).toMatchObject({ recording: title === 'Film' ? film : journal });
  });

  it('says that one has no picture yet', async () => {
    keep('Film', 30);
    await ask(fake, '/record arte 23h50-23h59');
    expect(textOf(await ask(fake, '/play recording arte'))).toContain('has no file yet');
  });

  it('is told by /recordings where none is called so, with all that there are', async () => {
    keep('Film', 30);
    const list = textOf(await ask(fake, '/recordings zzz'));
    expect(list).toContain('No recording is called “zzz”. These are there:');
    expect(list).toContain('1. Film');
    expect(textOf(await ask(fake, '/recordings fillm'))).not.toContain('is called');
  });

  it('offers the latest where none is called so, and is a channel’s name where there are none', async () => {
    expect(textOf(await ask(fake, '/play recording zzz'))).not.toContain('recording is called');
    keep('Film', 30);
    const reply = await ask(fake, '/play recording zzz');
    expect(textOf(reply)).toContain('No recording is called “zzz”.');
    expect(labelsOf(reply)).toEqual(['▶ Film']);
  });

  it('is offered by /recordings', async () => {
    const id = keep('Film', 30);
    await press(fake, await ask(fake, '/recordings'), '▶ Film');
    expect(past()).toMatchObject({ recording: id });
  });

  it('asks before it disturbs others, and then plays the recording', async () => {
    const id = keep('Film', 30);
    await ask(fake, '/play arte');
    fake.screen.broadcast.live.viewers.connected();
    const question = await ask(fake, '/play recording film', eve);
    expect(textOf(question)).toContain('TF1 · Film');
    expect(past()).toBeNull();
    await press(fake, question, 'Switch', eve);
    expect(past()).toMatchObject({ recording: id });
  });

  it('plays a recording whose channel has left the list', async () => {
    const id = keep('Film', 30, 99);
    await ask(fake, '/play recording film');
    expect(past()).toMatchObject({ recording: id });
  });
});

describe('/pause', () => {
  it('stands still for all and says who did it, and goes on', async () => {
    keep('Film', 30);
    const card = await ask(fake, '/play recording film');
    const paused = await press(fake, card, '⏸ Pause');
    expect(textOf(paused)).toContain('Paused by Ada');
    expect(labelsOf(paused)).toContain('▶ Go on');
    const again = await press(fake, paused, '▶ Go on');
    expect(textOf(again)).not.toContain('Paused');
  });

  it('is for whoever may stop it', async () => {
    keep('Film', 30);
    await ask(fake, '/play recording film');
    expect(textOf(await ask(fake, '/pause', eve))).toContain('Only Ada and moderators');
    expect(past()?.pause).toBeNull();
  });

  it('says what can be paused while something is live', async () => {
    await ask(fake, '/play arte');
    expect(textOf(await ask(fake, '/pause'))).toContain('What is live cannot stand still');
  });
});

describe('the mark of a recording', () => {
  it('is read only in front of a channel', () => {
    expect(recordingOfMark('%c')).toBe(12);
    for (const text of ['c', '%', '%C', '%-1', '@c'])
      expect([text, recordingOfMark(text)]).toEqual([text, null]);
    const { marks } = fake.context;
    const channel = marks.of({ id: mainId(1), name: 'TF1 HD' });
    expect(pressedRecording(marks, ['%c', channel])).toBe(12);
    expect(pressedRecording(marks, ['%c', `${channel}!${channel}`])).toBe(12);
    expect(pressedRecording(marks, ['%c', 'tf1'])).toBeNull();
  });
});
