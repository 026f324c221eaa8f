/**
 * Arabic writes few vowels, and spells the letters of European names out: "إم بي سي" is "em bee see", MBC. So names
 * in Arabic are compared with Latin ones by their consonants, and spelled letters become the letters they name.
 */

/** Names of Latin letters, without the hamza and madda that folding takes away. */
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

export function hasArabic(text: string): boolean {
  return ARABIC.test(text);
}

/** Makes letters of two and more that are spelled out in a row: "ام بي سي 4" is "mbc 4". One alone is a word. */
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

/** Consonants that Arabic does not tell apart, or that transliterations write in several ways. */
const alike: Readonly<Record<string, string>> = { p: 'b', v: 'f', c: 'k', q: 'k', x: 'ks', g: 'j' };

/**
 * What is left of folded words when vowels are taken away, in one piece: "al jazeera" and "ljzyrh" (الجزيرة) are
 * both "ljzr".
 */
export function skeleton(words: string): string {
  return words
    .replace(/ph/g, 'f')
    .replace(/[aeiouywh ]+/g, '')
    .replace(/[pvcqxg]/g, (letter) => alike[letter] ?? letter)
    .replace(/(\D)\1+/g, '$1');
}
