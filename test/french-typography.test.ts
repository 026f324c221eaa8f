import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fr as pages } from '../src/web/common/texts.fr.ts';
import { fr as choices } from '../src/web/console/choice-texts.fr.ts';
import { fr as guideMatches } from '../src/web/console/guide-match-texts.fr.ts';
import { fr as recordings } from '../src/web/console/recording-texts.fr.ts';
import { fr as screens } from '../src/web/console/screen-texts.fr.ts';
import { fr as setupBots } from '../src/web/setup/bot-texts.fr.ts';
import { fr as setupSettings } from '../src/web/setup/settings-texts.fr.ts';
import { fr as setup } from '../src/web/setup/texts.fr.ts';
import { fr as commandLine } from '../src/words/cli.fr.ts';
import { discordSetUpMessagesIn } from '../src/words/discord-set-up.ts';
import { fr as checkUp } from '../src/words/doctor.fr.ts';
import { fr as errors } from '../src/words/errors.fr.ts';
import { guideTitlesIn } from '../src/words/guide-titles.ts';
import { fr as messages } from '../src/words/messages.fr.ts';
import { settingMessagesIn } from '../src/words/messages-in.ts';
import { problemPageMessagesIn } from '../src/words/problem-page.ts';
import { telegramStateSentences } from '../src/words/setup-telegram.ts';
import { telegramMessagesIn } from '../src/words/telegram.ts';

/** What a text is filled with: 1 and 2 are counts, and names as well as any. */
const fillings = [1, 2];

/** Every sentence in a value: functions are called, lists and objects are walked through. */
function sentences(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'function')
    return fillings.flatMap((filling) => sentences(value(...Array(value.length).fill(filling))));
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(sentences);
  return [];
}

/** The prose of a Markdown document, line by line, without code, addresses and table rules. */
function prose(path: string): string[] {
  return readFileSync(path, 'utf8')
    .replace(/^ *```.*?^ *```/gms, '')
    .replace(/`[^`\n]*`|<https?:[^>]*>|\]\([^)]*\)|\|[ :|-]+\|$/gm, '')
    .split('\n');
}

/** What is sent to programs in these very letters. */
const verbatim = /Authorization: Bearer|"confirm": true|https?:\/\/\S+/g;

/** What a French typesetter would mark in a text. */
function faults(text: string): string[] {
  const french = text.replace(verbatim, '');
  const found = [
    ...french.matchAll(/.{0,12}(?<!\u00a0)[;?!»](?=\s|$).{0,4}/g),
    ...french.matchAll(/.{0,12}(?<!\u00a0):(?=\s|$).{0,4}/g),
    ...french.matchAll(/«(?!\u00a0).{0,12}/g),
    ...french.matchAll(/.{0,4}\p{L}'\p{L}.{0,4}/gu),
    ...french.matchAll(/.{0,8}\.{3}/g),
  ];
  return found.map(([part]) => part);
}

describe('French typography', () => {
  it.each(['Rien ? Si !', 'Une liste : deux', '« France »', "l'écran", 'Ouverture...'])(
    'finds what is wrong with “%s”',
    (text) => {
      expect(faults(text)).not.toEqual([]);
    },
  );

  it('finds nothing wrong with a text that is set well', () => {
    expect(faults('L’écran\u00a0: «\u00a0TF1\u00a0»\u00a0; quoi\u00a0? Ouverture…')).toEqual([]);
  });

  it.each([
    ['of the commands', messages],
    ['of the errors', errors],
    ['of the command line', commandLine],
    ['of the check-up', checkUp],
    ['of the settings', settingMessagesIn('fr')],
    ['of Telegram', telegramMessagesIn('fr')],
    ['of Discord’s set-up', discordSetUpMessagesIn('fr')],
    ['of Telegram’s set-up', telegramStateSentences('fr')],
    ['of the guide for players', guideTitlesIn('fr')],
    ['of the pages', pages],
    ['of channels’ guides', guideMatches],
    ['of changed channels', choices],
    ['of the console’s screens', screens],
    ['of the console’s recordings', recordings],
    ['of the set-up page', [{ ...setup, locked: setup.locked(['HOST']) }, setupBots, setupSettings]],
    ['of the pages about problems', problemPageMessagesIn('fr')],
  ])('the texts %s have typographic apostrophes, and no-break spaces at high punctuation', (_of, texts) => {
    expect(sentences(texts).flatMap(faults)).toEqual([]);
  });

  it.each(['docs/clients.fr.md', 'docs/deploy.fr.md', 'docs/guide.fr.md'])('so has %s', (path) => {
    expect(prose(path).flatMap(faults)).toEqual([]);
  });
});
