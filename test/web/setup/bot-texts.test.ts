import { describe, expect, it } from 'vitest';
import { en as botsEn } from '../../../src/web/setup/bot-texts.en.ts';
import { fr as botsFr } from '../../../src/web/setup/bot-texts.fr.ts';
import { en as settingsEn } from '../../../src/web/setup/settings-texts.en.ts';
import { fr as settingsFr } from '../../../src/web/setup/settings-texts.fr.ts';

/** All texts as `key.inner → text`, functions with a sample of each argument. */
function flat(texts: object, prefix = ''): [key: string, text: string][] {
  return Object.entries(texts).flatMap(([key, value]: [string, unknown]) => {
    const name = prefix + key;
    if (typeof value === 'function') return [[name, String(value('2'))] as [string, string]];
    if (typeof value === 'object' && value !== null) return flat(value, `${name}.`);
    return [[name, String(value)] as [string, string]];
  });
}

describe.each([
  ['bots', botsEn, botsFr],
  ['settings', settingsEn, settingsFr],
])('the texts of the %s', (_name, en, fr) => {
  it('have the same keys and as many steps in both languages', () => {
    const keys = (texts: object) => flat(texts).map(([key]) => key);
    expect(keys(fr)).toEqual(keys(en));
  });

  it('have curly apostrophes, and spaces that do not break before French double marks', () => {
    const wrong = flat(fr).filter(([, text]) => text === '' || /'| [:;?!]/.test(text));
    expect(wrong).toEqual([]);
  });
});
