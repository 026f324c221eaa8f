/** Number words in the languages in which channel names use them. French "un" is left out, since it is ambiguous. */
const numbers = new Map<string, string>(
  [
    ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'],
    ['', 'deux', 'trois', 'quatre', 'cinq', 'six', 'sept', 'huit', 'neuf', 'dix'],
    ['eins', 'zwei', 'drei', 'vier', 'funf', 'sechs', 'sieben', 'acht', 'neun', 'zehn'],
    ['uno', 'dos', 'tres', 'cuatro', 'cinco', 'seis', 'siete', 'ocho', 'nueve', 'diez'],
    ['uno', 'due', 'tre', 'quattro', 'cinque', 'sei', 'sette', 'otto', 'nove', 'dieci'],
  ].flatMap((words) =>
    words.flatMap((word, index): [string, string][] => (word === '' ? [] : [[word, String(index + 1)]])),
  ),
);

/** Replaces number words by digits: "bbc one" becomes "bbc 1", "rai tre" becomes "rai 3". The first word stays, since "Cuatro" and "One" are names. */
export function digitsForWords(words: string): string {
  if (!words.includes(' ')) return words;
  return words
    .split(' ')
    .map((word, place) => (place === 0 ? word : (numbers.get(word) ?? word)))
    .join(' ');
}
