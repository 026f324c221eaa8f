/** Numbers as words, in the languages in which channels are called by them. "One" of a kind is left to the eye. */
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

/** "bbc one" is "bbc 1", "rai tre" is "rai 3". The first word stays: "Cuatro" is a name, and so is "One". */
export function digitsForWords(words: string): string {
  if (!words.includes(' ')) return words;
  return words
    .split(' ')
    .map((word, place) => (place === 0 ? word : (numbers.get(word) ?? word)))
    .join(' ');
}
