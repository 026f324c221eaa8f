import { AppError } from '../domain/errors.ts';

/** The letters after the colon of Telegram's tokens. */
const SECRET_LENGTH = 35;
/** The fewest letters that are tried: a Bot API server may have shorter tokens. */
const SHORTEST_SECRET = 30;
const TOKEN = `\\d{5,}:[\\w-]{${SHORTEST_SECRET},}`;

/**
 * Finds the token in what people paste: the token alone, in quotes or with spaces, an address or a line of settings that
 * holds it, or @BotFather's whole message.
 * @throws AppError telegram_token_missing, telegram_token_malformed, telegram_token_cut, telegram_token_several, telegram_token_of_discord
 */
export function readTelegramToken(pasted: string): string {
  const text = plain(pasted);
  if (text === '') throw new AppError('telegram_token_missing');
  const found = [...new Set(text.match(new RegExp(TOKEN, 'g')) ?? [])];
  if (found.length > 1) throw new AppError('telegram_token_several');
  const [token] = found;
  if (token !== undefined && !isTelegramTokenShort(token)) return token;
  // A token with spaces in it, or broken into two lines.
  const whole = new RegExp(`^(?:bot)?(${TOKEN})$`, 'i').exec(text.replace(/[\s"'`<>]+/g, ''))?.[1];
  if (whole !== undefined) return whole;
  if (token !== undefined) return token;
  throw new AppError(faultOf(text));
}

/** Whether a token has fewer letters than Telegram's have. */
export function isTelegramTokenShort(token: string): boolean {
  return token.slice(token.indexOf(':') + 1).length < SECRET_LENGTH;
}

/** Undoes what keyboards, chat apps and web pages do to a text. */
function plain(pasted: string): string {
  return pasted
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{Cc}]+/gu, (marks) => (/\s/.test(marks) ? '\n' : ''))
    .replace(/%3a/gi, ':')
    .replace(/[\u2010-\u2013\u2212]/g, '-')
    .replace(/[\u2014\u2015]/g, '--')
    .trim();
}

function faultOf(
  text: string,
): 'telegram_token_of_discord' | 'telegram_token_cut' | 'telegram_token_malformed' {
  if (/[\w-]{20,}\.[\w-]{5,7}\.[\w-]{20,}/.test(text)) return 'telegram_token_of_discord';
  const isBegun = /(?<![\d:])\d{6,}\s*:(?!\/\/)/.test(text) || /^\d{6,}$/.test(text);
  const isEnd = new RegExp(`^:?AA[\\w-]{${SECRET_LENGTH - 2}}$`).test(text);
  return isBegun || isEnd ? 'telegram_token_cut' : 'telegram_token_malformed';
}
