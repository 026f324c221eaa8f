import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTelegramToken } from '../../src/actions/read-telegram-token.ts';
import { AppError, type ErrorCode } from '../../src/domain/errors.ts';
import { sentence } from '../../src/words/sentence.ts';

const SECRET = 'AAFq3v-Zk_9sT7wXbR2mLpQe0uYcHn1jGdI';
const TOKEN = `123456789:${SECRET}`;
const OTHER = `987654321:${SECRET}`;
const fatherly = `Done! Congratulations on your new bot. You will find it at t.me/living_room_bot. You can now add a description, about section and profile picture for your bot, see /help for a list of commands.

Use this token to access the HTTP API:
${TOKEN}
Keep your token secure and store it safely, it can be used by anyone to control your bot.

For a description of the Bot API, see this page: https://core.telegram.org/bots/api`;

/** The code with which a text is refused. */
function refusal(text: string): ErrorCode | null {
  try {
    readTelegramToken(text);
    return null;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return error.code;
  }
}

describe('a token is found', () => {
  it.each([
    ['alone', TOKEN],
    ['with spaces and line breaks around it', `  ${TOKEN}\r\n`],
    ['in quotes', `"${TOKEN}"`],
    ['in typographic quotes', `« ${TOKEN} »`],
    ['in backticks', `\`${TOKEN}\``],
    ['in @BotFather’s whole message', fatherly],
    ['in a line of settings', `TELEGRAM_TOKEN=${TOKEN}`],
    ['after “bot”', `bot${TOKEN}`],
    ['in an address of the Bot API', `https://api.telegram.org/bot${TOKEN}/getMe`],
    ['in an encoded address', `https://api.telegram.org/bot${TOKEN.replace(':', '%3A')}/getMe`],
    ['with spaces at the colon', TOKEN.replace(':', ' : ')],
    ['broken into two lines', TOKEN.replace('_9s', '_9s\n')],
    ['broken shortly before its end', TOKEN.replace('GdI', '\nGdI')],
    ['with invisible characters', `\u200b${TOKEN.replace('q3', 'q\u200b3')}\ufeff`],
    ['with a full-width colon', TOKEN.replace(':', '\uff1a')],
    ['with a typographic dash', TOKEN.replace('-', '\u2013')],
    ['twice', `${TOKEN}\n${TOKEN}`],
  ])('%s', (_how, text) => {
    expect(readTelegramToken(text)).toBe(TOKEN);
  });

  it('although it is shorter than Telegram’s, since only the server knows', () => {
    expect(readTelegramToken(TOKEN.slice(0, -1))).toBe(TOKEN.slice(0, -1));
  });
});

const refused: readonly (readonly [string, string, ErrorCode])[] = [
  ['nothing', '', 'telegram_token_missing'],
  ['spaces', ' \n\t', 'telegram_token_missing'],
  ['invisible characters', '\u200b\ufeff', 'telegram_token_missing'],
  ['words', 'my bot', 'telegram_token_malformed'],
  ['the bot’s name', '@living_room_bot', 'telegram_token_malformed'],
  ['the bot’s address', 'https://t.me/living_room_bot', 'telegram_token_malformed'],
  ['an address with a port', 'http://192.168.1.10:8002', 'telegram_token_malformed'],
  ['the example of the sentence', '123:AAF…', 'telegram_token_malformed'],
  ['a token without its end', TOKEN.slice(0, 30), 'telegram_token_cut'],
  ['a token that ends at the colon', '123456789:', 'telegram_token_cut'],
  ['the number alone', '123456789', 'telegram_token_cut'],
  ['the letters alone', SECRET, 'telegram_token_cut'],
  ['the letters with the colon', `:${SECRET}`, 'telegram_token_cut'],
  ['the example of the guide', '123456789:AAF...', 'telegram_token_cut'],
  [
    'a Discord token',
    'MTE4NzY1NDMyMTA5ODc2NTQzMg.GxYzAb.q3vZk9sT7wXbR2mLpQe0uYcHn1jGdIabcdef12',
    'telegram_token_of_discord',
  ],
  [
    'a Discord token after “Bot”',
    'Bot MTE4NzY1NDMyMTA5ODc2NTQzMg.GxYzAb.q3vZk9sT7wXbR2mLpQe0uYcHn1jGdIabcdef12',
    'telegram_token_of_discord',
  ],
  ['the tokens of two bots', `${TOKEN}\n${OTHER}`, 'telegram_token_several'],
];

describe('what holds no token is refused', () => {
  it.each(refused)('%s', (_what, text, code) => {
    expect(refusal(text)).toBe(code);
  });

  it.each(refused)('with a sentence that does not repeat it: %s', (_what, text, code) => {
    for (const language of ['en', 'fr'] as const) {
      const told = sentence(language, code, {});
      expect(told).toMatch(/\p{L}+.*: .*(BotFather|colle|paste|cop)/u);
      if (text.trim().length > 20) expect(told).not.toContain(text.trim().slice(0, 20));
    }
  });

  it('and nothing throws anything else', () => {
    const piece = fc.constantFrom(
      '123456789',
      ':',
      SECRET,
      TOKEN,
      '.',
      ' ',
      '\n',
      'bot',
      '%3a',
      '\u2014',
      '"',
    );
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(piece).map((pieces) => pieces.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const code = refusal(text);
        if (code === null) expect(readTelegramToken(text)).toMatch(/^\d{5,}:[\w-]{30,}$/);
        else expect(code).toMatch(/^telegram_token_/);
      }),
    );
  });
});
