import { describe, expect, it } from 'vitest';
import { OthersWatching } from '../../src/actions/etiquette.ts';
import { titledError } from '../../src/actions/titled-error.ts';
import { AppError } from '../../src/domain/errors.ts';
import { sentence } from '../../src/words/sentence.ts';
import { mainId } from '../fakes/main-id.ts';

const english = ({ code, params }: AppError) => sentence('en', code, params);

describe('an error that names a channel', () => {
  it('has the channel’s title and the unchanged name of the person, for `overtaken`', () => {
    const params = { by: 'FR: Dee HD', wanted: '┃FR┃ France 2 ᶠᴴᴰ' };
    const error = titledError(new AppError('overtaken', params));
    expect(error).toBeInstanceOf(AppError);
    expect(english(error as AppError)).toBe('Overtaken by FR: Dee HD: France 2.');
  });

  it('has the titles of both channels, for `others_watching`', () => {
    const error = new OthersWatching({
      viewers: 2,
      onAir: { id: mainId(1), name: 'FR| TF1 FHD' },
      askedBy: null,
      wanted: { id: mainId(2), name: '┃FR┃ France 2 ᶠᴴᴰ' },
    });
    expect(english(error)).toMatch(/^Others are watching TF1 \(viewers: 2\): to switch to France 2 anyway/);
  });

  it('stays as it is with any other code or class', () => {
    for (const error of [new AppError('channel_dead'), new Error('a bug'), 'text'])
      expect(titledError(error)).toBe(error);
  });
});
