import { describe, expect, it } from 'vitest';
import { buildSearch } from '../../../src/catalogue/search/build-search.ts';
import { categories, channels } from '../lineup.ts';

/** Texts that people type, the entry that they mean, and how the text differs from its name. */
const wishes: readonly (readonly [typed: string, entry: string, reason: string])[] = [
  // French
  ['tf1', 'FR| TF1 FHD', 'the plain name: the channel itself, not its sisters'],
  ['tf1hd', 'FR| TF1 HD', 'the quality glued to it is a wish for a variant'],
  ['tf1 4k', 'FR| TF1 UHD', 'another word for a quality'],
  ['TF1 sd', 'FR| TF1 SD', 'a slow connection'],
  ['tf1 plus 1', 'FR| TF1 +1', 'an hour later, in words'],
  ['tf1 serie', 'FR| TF1 SÉRIES FILMS HD', 'no accent, singular'],
  ['fr tf1', 'FR| TF1 FHD', 'the country in front, as the list has it'],
  ['france2', 'FR| FRANCE 2 HD', 'no space'],
  ['la france 2', 'FR| FRANCE 2 HD', 'an article too many'],
  ['france deux', 'FR| FRANCE 2 HD', 'a number as it is spoken'],
  ['frnace info', 'FR| FRANCE INFO HD', 'two letters swapped'],
  ['france24', 'FR| FRANCE 24', 'no space, and not France 2'],
  ['cannal plus', 'FR| CANAL+ FHD', 'doubled letter, the sign as a word'],
  ['canal +', 'FR| CANAL+ FHD', 'a space before the sign'],
  ['canalplus sport', 'FR| CANAL+ SPORT FHD', 'in one word'],
  ['canal sport', 'FR| CANAL+ SPORT FHD', 'nobody says plus'],
  ['canal foot', 'FR| CANAL+ FOOT HD', 'nobody says plus, again'],
  ['beinsport 1', 'FR| BEIN SPORTS 1 FHD', 'one word, singular'],
  ['be in sport 2', 'FR| BEIN SPORTS 2 FHD', 'a space too many; the number decides'],
  ['bein max 4', 'FR| BEIN SPORTS MAX 4', 'a word left out'],
  ['lequipe', "FR| L'ÉQUIPE FHD", 'neither apostrophe nor accent'],
  ['equipe', "FR| L'ÉQUIPE FHD", 'without the article'],
  ['bfm', 'FR| BFM TV FHD', 'as it is called'],
  ['bmf tv', 'FR| BFM TV FHD', 'two letters swapped in a short name'],
  ['teva', 'FR| TÉVA', 'no accent'],
  ['rmc decouverte', 'FR| RMC DÉCOUVERTE HD', 'no accent'],
  ['planete crime', 'FR| PLANÈTE+ CRIME', 'no accent, no plus'],
  ['cine frisson', 'FR| CINÉ+ FRISSON', 'no accent, no plus'],
  ['tv 5 monde', 'FR| TV5MONDE', 'spaces where there are none'],
  ['euro sport 2', 'FR| EUROSPORT 2 FHD', 'a space too many'],
  ['paris premier', 'FR| PARIS PREMIÈRE', 'misspelled'],
  // English
  ['bbc 1', 'UK: BBC One HD', 'a digit for a word'],
  ['bbc one', 'UK: BBC One HD', 'the word'],
  ['bbc4', 'UK: BBC Four', 'a digit, no space'],
  ['channel four', 'UK: Channel 4 HD', 'a word for a digit'],
  ['itv 1', 'UK: ITV1 HD', 'a space too many'],
  ['itv2+1', 'UK: ITV2 +1', 'an hour later'],
  ['main event sky sports', 'UK: Sky Sports Main Event FHD', 'the words the other way round'],
  ['main event', 'UK: Sky Sports Main Event FHD', 'as it is called'],
  ['sky f1', 'UK: Sky Sports F1 ᵁᴴᴰ', 'a word left out'],
  ['sky sprots news', 'UK: Sky Sports News', 'two letters swapped'],
  ['premier league', 'UK: Sky Sports Premier League UHD', 'what is shown there'],
  ['natgeo wild', 'UK: Nat Geo Wild', 'in one word'],
  ['crime and investigation', 'UK: Crime & Investigation', 'the sign as a word'],
  ['nickleodeon', 'UK: Nickelodeon', 'hard to spell'],
  ['disney channel uk', 'UK: Disney Channel', 'the country says which of two'],
  ['friends', '24/7: FRIENDS', 'the series, not how it is shown'],
  // German
  ['das erste', 'DE - Das Erste HD', 'the plain name, whose first word is a pronoun'],
  ['pro sieben', 'DE - ProSieben HD', 'two words'],
  ['pro 7', 'DE - ProSieben HD', 'as it is written everywhere else'],
  ['rtl 2', 'DE - RTL Zwei', 'a digit for a word'],
  ['sat1', 'DE - Sat.1', 'no full stop'],
  ['kabel 1', 'DE - kabel eins', 'a digit for a word'],
  ['bayrisches fernsehen', 'DE - Bayerisches Fernsehen Süd', 'misspelled'],
  ['sky bundesliga', 'DE - Sky Bundesliga 1 HD', 'the beginning of a name'],
  // Spanish
  ['antena tres', 'ES | Antena 3 FHD', 'a number as it is spoken'],
  ['antena3 fhd', 'ES | Antena 3 FHD', 'no space, with quality'],
  ['tele cinco', 'ES | Telecinco HD', 'two words'],
  ['tele deporte', 'ES | Teledeporte', 'two words'],
  ['la liga dazn', 'ES | DAZN LaLiga', 'the other way round, with a space'],
  ['andalucia', 'ES | Canal Sur Andalucía', 'no accent, the last word'],
  ['cuatro', 'ES | Cuatro', 'a number that is a name'],
  // Arabic and Russian, in Latin and in their own letters
  [
    'aljazeera',
    '|AR| Al Jazeera English',
    'in one word; the name in the letters that were typed comes first',
  ],
  ['الجزيرة', '|AR| الجزيرة HD', 'in its own script'],
  ['al arabiya', '|AR| العربية', 'Latin letters for Arabic ones'],
  ['mbc 4', '|AR| إم بي سي 4', 'Arabic spells the letters out'],
  ['mbc1', '|AR| MBC 1 HD', 'no space'],
  ['rotana sinema', '|AR| Rotana Cinema', 'by ear'],
  ['al kass 1', '|AR| Al Kass One', 'a digit for a word'],
  ['al maghribiya', '|AR| قناة المغربية', 'Latin letters for Arabic ones, and no "channel"'],
  ['pervy kanal', 'RU | Первый канал HD', 'Latin letters for Cyrillic ones'],
  ['матч', 'RU | Матч ТВ', 'in its own script'],
  ['match tv', 'RU | Матч ТВ', 'Latin letters for Cyrillic ones'],
];

describe('the search for texts of real people', async () => {
  const search = await buildSearch(channels, undefined, categories);

  it.each(wishes)('finds for %j first %j: %s', (typed, entry) => {
    const [first] = search.groups(typed, { limit: 5 });
    expect(first?.variants[0].name).toBe(entry);
  });
});
