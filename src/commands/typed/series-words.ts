/** What people write before or behind a programme of which they want every episode, in both languages, whatever theirs is. */
const WORDS = [
  '(?:the |la |toute la |whole |the whole )?s[ée]ries?',
  '(?:all|every|each|all the) episodes?',
  '(?:tous les|chaque) [ée]pisodes?',
  '(?:every|each) (?:day|week)',
  'daily|weekly',
  '(?:chaque|toutes les) semaines?',
  '(?:tous les|chaque) jours?',
].join('|');
const OF = "(?:of |from |de la |de |d['’]|du )?";
const before = new RegExp(`^(?:${WORDS})(?:\\s+${OF}|$)`, 'iu');
const behind = new RegExp(`(?:^|\\s+)(?:as (?:a )?|en )?(?:${WORDS})$`, 'iu');
/** "Every Saturday" is a day, too. */
const everyDay = /(?:^|\s)(?:every|each|tous les|chaque)\s+(\p{L}+di|dimanche|\p{L}+day)s?(?=\s|$)/iu;

/** The text without "series", "tous les épisodes", or "every week"; null where no series is meant. */
export function withoutSeriesWords(typed: string): string | null {
  const text = typed.normalize('NFC').trim();
  if (before.test(text)) return text.replace(before, '').trim();
  if (behind.test(text)) return text.replace(behind, '').trim();
  return everyDay.test(text) ? text.replace(everyDay, ' $1').trim() : null;
}
