import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { play } from '../../src/actions/play.ts';
import { described, french, original } from '../fakes/audio-tracks.ts';
import { type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';
import { mainId } from '../fakes/main-id.ts';
import { ada, ask, labelsOf, press, textOf } from './asking.ts';

let fake: FakeHttp;
beforeEach(async () => {
  fake = await startFakeHttp();
  fake.tracks.set(1, [french, original, described]);
});
afterEach(() => fake.stop());

const heard = () => fake.screen.broadcast.status.sound.track?.id;

describe('/audio', () => {
  it('shows the asker the audio tracks, and switches to the pressed one', async () => {
    await play(fake.context, fake.screen, ada, { channelId: mainId(1) });
    const reply = await ask(fake, '/audio');
    expect(reply.isPrivate).toBe(true);
    expect(labelsOf(reply)).toEqual(['● French', 'Original version', 'French (audio description)']);
    const card = await press(fake, reply, 'Original version');
    expect(heard()).toBe(original.id);
    expect(card).toMatchObject({ isCard: true, isPrivate: false });
    expect(textOf(card)).toContain('Original version');
    const { audit } = fake.context;
    expect(audit.list(1)).toMatchObject([{ action: 'audio', detail: 'TF1 HD: Original version' }]);
  });

  it('shows the tracks in the language of the asker', async () => {
    await play(fake.context, fake.screen, ada, { channelId: mainId(1) });
    expect(labelsOf(await ask(fake, '/audio', { ...ada, language: 'fr' }))).toEqual([
      ...['● Français', 'Version originale', 'Français (audiodescription)'],
    ]);
  });

  it.each([
    ['original', original.id],
    ['VO', original.id],
    ['qaa', original.id],
    ['version originale', original.id],
    ['fr', french.id],
    ['fre', french.id],
    ['Francais', french.id],
    ['French', french.id],
    ['french (audio', described.id],
    ['#259', described.id],
  ])('understands %s', async (typed, expected) => {
    await play(fake.context, fake.screen, ada, { channelId: mainId(1) });
    await ask(fake, '/audio original');
    await ask(fake, `/audio ${typed}`);
    expect(heard()).toBe(expected);
  });

  it.each([
    [
      'klingon',
      'Unknown choice “klingon”: choose one of French, Original version, French (audio description).',
    ],
    ['?', 'Unknown choice “?”: choose one of French, Original version, French (audio description).'],
    ['#999', 'Unknown choice “#999”: choose one of French, Original version, French (audio description).'],
  ])('does not guess the meaning of %s', async (typed, sentence) => {
    await play(fake.context, fake.screen, ada, { channelId: mainId(1) });
    expect(textOf(await ask(fake, `/audio ${typed}`))).toBe(sentence);
    expect(heard()).toBe(french.id);
  });

  it('says that there is nothing to choose', async () => {
    expect(textOf(await ask(fake, '/audio'))).toBe('Nothing is on air: type /play and a channel’s name.');
    await play(fake.context, fake.screen, ada, { channelId: mainId(2) });
    expect(textOf(await ask(fake, '/audio en'))).toBe(
      'There is nothing to choose: this channel has a single audio track.',
    );
  });

  it('is refused below controllers', async () => {
    await play(fake.context, fake.screen, ada, { channelId: mainId(1) });
    expect(textOf(await ask(fake, '/audio original', { ...ada, role: 'viewer' }))).toContain(
      'Only controllers',
    );
    expect(heard()).toBe(french.id);
  });
});
