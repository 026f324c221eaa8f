/** The words for genres by which Jellyfin, Plex and Emby sort programmes. */
type GenreWord = 'Movie' | 'Sports' | 'News' | 'Kids' | 'Series';

/** Whole words without accents, in the languages that guides are most often in. */
const words: readonly (readonly [GenreWord, RegExp])[] = [
  ['Movie', /\b(movies?|films?|cinema|spielfilm|pelicula|telefilm)\b/],
  ['Sports', /\b(sports?|football|futbol|fussball|soccer|tennis|rugby|calcio|deportes)\b/],
  ['News', /\b(news|journal|infos?|informations?|actualites?|nachrichten|noticias|notiziario)\b/],
  ['Kids', /\b(kids|child(ren)?s?|jeunesse|enfants?|dessins? animes?|kinder|infantil|ragazzi)\b/],
  ['Series', /\b(series?|feuilleton|sitcom|soap|serien|telenovela)\b/],
];

/** Categories as the guide words them, and the words that players know for them. */
export function withGenreWords(categories: readonly string[]): string[] {
  const plain = categories.map((category) => category.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase());
  const known = words.flatMap(([word, pattern]) => (plain.some((each) => pattern.test(each)) ? [word] : []));
  return [...new Set([...categories, ...known])];
}
