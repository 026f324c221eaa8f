/** Makes a catalogue like the providers' from a seed: names in several languages, each in many decorations. */
import { type Entry, pick, seededRandom } from './search-queries.ts';

const brands =
  'Canal+|Sky|RTL|TF1|M6|BBC|ITV|ARD|ZDF|ORF|SRF|RTS|RAI|TVE|Antena|Telecinco|beIN|Eurosport|DAZN|Discovery|Disney|' +
  'Nickelodeon|MTV|Arte|France|Polsat|TVN|Nova|Prima|Markíza|Viasat|TV4|NRK|DR|YLE|RTP|SIC|Globo|Televisa|Caracol|' +
  'Al Jazeera|MBC|Rotana|Dubai|Abu Dhabi|LBC|Medi|2M|TRT|Kanal|Show|Star|Zee|Sony|Colors|Sun|Astro|CNN|Fox|NBC|ABC|' +
  'CBS|HBO|Showtime|Starz|Paramount|National Geographic|History|Crime & Investigation|Food|Travel|Planète+|Ciné+|Télé|' +
  'Первый|Россия|Матч|НТВ|قناة|العربية|سي إن بي سي|الشرقية';
const themes =
  '|Sport|Sports|News|Info|Cinéma|Movies|Séries|Series|Kids|Junior|Family|Music|Hits|Comedy|Action|Drama|Classics|' +
  'Gold|Extra|Premium|Plus|Max|Live|Event|Main Event|Football|Fútbol|Tennis|Golf|Racing|Wild|Nature|Science|Histoire|' +
  'Documentaires|Découverte|Cuisine|Voyage|Régions|Noticias|Deportes|Películas|Nachrichten|Krimi|Österreich|Thriller|' +
  'Romance|Western|Anime|Reality|Lifestyle|Home|World|International|Europe|East|West';
const suffixes =
  '|||| 1| 2| 3| 4| 5| 6| 7| 8| 9| 10| +1| One| Two| Nord| Sud| Central| TV| (Madrid)| (Lyon)| Internacional';
const fronts = ['XX| ', '|XX| ', 'XX: ', '[XX] ', 'XX - ', 'XX | ', 'XX✦ ', '┃XX┃ ', '', ''];
const ends = [
  '',
  ' HD',
  ' FHD',
  ' UHD',
  ' 4K',
  ' SD',
  ' HEVC',
  ' RAW',
  ' HD BACKUP',
  ' FHD RAW',
  ' ᴴᴰ',
  ' ᴿᴬᵂ ◉',
];
const countries =
  'FR|UK|DE|ES|IT|PT|PL|NL|BE|CH|US|CA|SE|NO|DK|FI|RO|HU|CZ|GR|TR|AR|RU|IN|BR|MX|EXYU|AL'.split('|');

/** Makes `size` entries; those of one key are one channel. */
export function makeCatalogue(size: number, seed: number): Entry[] {
  const random = seededRandom(seed);
  const [allBrands, allThemes, allSuffixes] = [brands, themes, suffixes].map((text) => text.split('|'));
  const entries: Entry[] = [];
  const seen = new Set<string>();
  for (let tries = 0; entries.length < size && tries < size * 20; tries++) {
    const parts = [pick(allBrands ?? [], random), pick(allThemes ?? [], random)].join(' ').trim();
    const name = `${parts}${pick(allSuffixes ?? [], random)}`;
    if (seen.has(name)) continue;
    seen.add(name);
    const front = pick(fronts, random).replace('XX', pick(countries, random));
    const copies = 1 + Math.floor(random() * 5);
    for (let copy = 0; copy < copies && entries.length < size; copy++) {
      const shown = random() < 0.5 ? name.toUpperCase() : name;
      entries.push([`${front}${shown}${pick(ends, random)}`, name]);
    }
  }
  return entries.concat(moreOf(entries, size - entries.length, random));
}

/** Enlarges a catalogue with its channels in other countries and qualities. */
export function enlarge(entries: readonly Entry[], size: number, seed: number): Entry[] {
  return entries.concat(moreOf(entries, size - entries.length, seededRandom(seed)));
}

function moreOf(entries: readonly Entry[], count: number, random: () => number): Entry[] {
  return Array.from({ length: Math.max(0, count) }, () => {
    const [name, key] = pick(entries, random);
    const bare = name.replace(/^(?:\[\w+\]|[|┃]\w+[|┃]|\w{2,4}(?:[|:✦]| \||\s-))\s*/, '');
    const plain = bare.replace(/(?: (?:SD|HD|FHD|UHD|4K|HEVC|RAW|BACKUP|ᴴᴰ|ᴿᴬᵂ|◉))+$/, '');
    const front = pick(fronts, random).replace('XX', pick(countries, random));
    return [`${front}${plain}${pick(ends, random)}`, key] as const;
  });
}
