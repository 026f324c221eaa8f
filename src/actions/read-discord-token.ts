import { AppError, type ErrorCode } from '../domain/errors.ts';

/** The shortest last part of a whole token, in characters. */
const SHORTEST_SIGNATURE = 27;
/** Characters around a copied token, and those that nobody sees. */
const surroundings = /[\s\p{Cf}"'`“”‘’«»<>()[\]{},;]+/u;
const label = /^\s*(?:discord_token\s*=|token\s*:|bot\s)/i;

/** What people paste in place of a token, by its form. */
const mistakes: readonly (readonly [form: RegExp, code: ErrorCode])[] = [
  [/^$/, 'discord_token_missing'],
  [/^[*•●·∙]+$/u, 'discord_token_hidden'],
  [/^(?:https?:\/\/|www\.|discord(?:app)?\.(?:com|gg)\/)/i, 'discord_token_address'],
  [/^\d{15,21}$/, 'discord_token_id'],
  [/^[\da-f]{64}$/i, 'discord_token_public_key'],
  [/^[\w-]{32}$/, 'discord_token_client_secret'],
  [/^\d{6,14}:[\w-]{30,}$/, 'discord_token_telegram'],
  [/^mfa\.[\w-]{20,}$/, 'discord_token_personal'],
];

/**
 * Reads the bot's token out of what somebody pasted, which may have spaces, quotes, "Bot" or the setting's name around it.
 * An unknown form is left to Discord to judge.
 * @throws AppError discord_token_… if it is recognised as something else
 */
export function readDiscordToken(typed: string): string {
  const whole = typed.split(/[=:]/).flatMap(wordsOf).find(isWhole);
  if (whole !== undefined) return whole;
  const words = wordsOf(typed.replace(label, ''));
  const text = words.join('');
  if (isWhole(text)) return text;
  const mistake = mistakes.find(([form]) => form.test(text));
  if (mistake) throw new AppError(mistake[1]);
  if (isSnowflake(text.split('.')[0])) throw new AppError('discord_token_cut');
  if (words.length > 1 || !/^[\w.-]+$/.test(text)) throw new AppError('discord_token_odd');
  return text;
}

function wordsOf(text: string): string[] {
  return text.split(surroundings).filter((word) => word !== '');
}

/** Whether a text has a token's three parts: the bot's id, a time and a signature. */
function isWhole(text: string): boolean {
  const [id, , signature = ''] = text.split('.');
  return /^[\w-]+\.[\w-]+\.[\w-]+$/.test(text) && isSnowflake(id) && signature.length >= SHORTEST_SIGNATURE;
}

/** Whether a token's first part is an id in base64. */
function isSnowflake(part = ''): boolean {
  return /^\d{17,20}$/.test(Buffer.from(part, 'base64url').toString('latin1'));
}
