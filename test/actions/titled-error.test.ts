import { describe, expect, it } from 'vitest';
import { SwitchQuestion } from '../../src/actions/etiquette.ts';
import { titledError } from '../../src/actions/titled-error.ts';
import type { TitleSource } from '../../src/catalogue/channel-title.ts';
import { AppError } from '../../src/domain/errors.ts';
import { Overtaken } from '../../src/domain/overtaken.ts';
import { sentence } from '../../src/words/sentence.ts';
import { mainId } from '../fakes/main-id.ts';

const english = ({ code, params }: AppError) => sentence('en', code, params);
const dee = { id: 'discord:4', name: 'FR: Dee HD' };
const emptyList: TitleSource = { catalogue: { groupOf: () => null } };

describe('an error that names a channel', () => {
  it('has the channel’s label and the unchanged name of the person, for `overtaken`', () => {
    const original = new Overtaken(dee, { id: mainId(2), name: '┃FR┃ France 2 ᶠᴴᴰ' });
    const error = titledError(emptyList, original);
    expect(error).toBeInstanceOf(Overtaken);
    expect(error).toMatchObject({ params: { byId: dee.id }, cause: original });
    expect(english(error as AppError)).toBe('Overtaken by FR: Dee HD: France 2.');
  });

  it('has the labels of both channels, for `others_watching`', () => {
    const error = new SwitchQuestion({
      isDisturbing: true,
      interrupted: null,
      viewers: 2,
      onAir: { id: mainId(1), name: 'FR| TF1 FHD', label: 'TF1' },
      askedBy: null,
      wanted: { id: mainId(2), name: '┃FR┃ France 2 ᶠᴴᴰ', label: 'France 2' },
      from: null,
      recording: null,
    });
    expect(english(error)).toMatch(/^Others are watching TF1 \(viewers: 2\): to switch to France 2 anyway/);
  });

  it('stays as it is with any other code or class', () => {
    for (const error of [new AppError('channel_dead'), new Error('a bug'), 'text'])
      expect(titledError(emptyList, error)).toBe(error);
  });
});
