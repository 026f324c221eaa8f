/**
 * Arabic writes few vowels and spells out the letters of European names: "إم بي سي" is "em bee see", MBC. So names in Arabic are
 * compared with Latin ones by their consonants, and spelled-out letters become Latin letters.
 */

/** The Arabic names of Latin letters, without hamza and madda, which folding removes. */
const letters = new Map([
  ['ايه', 'a'],
  ['بي', 'b'],
  ['سي', 'c'],
  ['دي', 'd'],
  ['اف', 'f'],
  ['جي', 'g'],
  ['اتش', 'h'],
  ['اي', 'i'],
  ['جيه', 'j'],
  ['كيه', 'k'],
  ['ال', 'l'],
  ['ام', 'm'],
  ['ان', 'n'],
  ['او', 'o'],
  ['كيو', 'q'],
  ['ار', 'r'],
  ['اس', 's'],
  ['تي', 't'],
  ['يو', 'u'],
  ['في', 'v'],
  ['دبليو', 'w'],
  ['اكس', 'x'],
  ['واي', 'y'],
  ['زد', 'z'],
]);

const ARABIC = /\p{Script=Arabic}/u;

/** Whether a text has Arabic letters. */
export function hasArabic(text: string): boolean {
  return ARABIC.test(text);
}

/** Replaces two or more spelled-out letters in a row: "ام بي سي 4" becomes "mbc 4". A single one stays a word. */
export function spellLetters(words: string): string {
  if (!hasArabic(words)) return words;
  const result: string[] = [];
  let run: string[] = [];
  const end = () => {
    const spelled = run.map((word) => letters.get(word) ?? word);
    if (run.length > 1) result.push(spelled.join(''));
    else result.push(...run);
    run = [];
  };
  for (const word of words.split(' ')) {
    if (letters.has(word)) {
      run.push(word);
    } else {
      end();
      result.push(word);
    }
  }
  end();
  return result.join(' ');
}

/** Consonants that Arabic does not distinguish, or that transliterations write in several ways. */
const alike: Readonly<Record<string, string>> = { p: 'b', v: 'f', c: 'k', q: 'k', x: 'ks', g: 'j' };

/** The consonants of folded words, without spaces: "al jazeera" and "ljzyrh" (الجزيرة) are both "ljzr". */
export function skeleton(words: string): string {
  return words
    .replace(/ph/g, 'f')
    .replace(/[aeiouywh ]+/g, '')
    .replace(/[pvcqxg]/g, (letter) => alike[letter] ?? letter)
    .replace(/(\D)\1+/g, '$1');
}
