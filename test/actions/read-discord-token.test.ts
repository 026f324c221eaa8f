import { describe, expect, it } from 'vitest';
import { readDiscordToken } from '../../src/actions/read-discord-token.ts';
import { AppError } from '../../src/domain/errors.ts';
import { aToken } from '../fakes/discord/a-token.ts';

const [id = '', time = '', signature = ''] = aToken.split('.');

describe('readDiscordToken', () => {
  it.each([
    ['as it is', aToken],
    ['spaces around it', `  ${aToken}\n`],
    ['quotes', `"${aToken}"`],
    ['French quotes', `« ${aToken} »`],
    ['a code block', `\`${aToken}\``],
    ['“Bot” before it', `Bot ${aToken}`],
    ['a header', `Authorization: Bot ${aToken}`],
    ['a line of .env', `DISCORD_TOKEN=${aToken}`],
    ['a quoted line of .env', `DISCORD_TOKEN="${aToken}"`],
    ['a sentence', `The token is ${aToken}, keep it safe!`],
    ['characters that nobody sees', `\u200b${aToken.slice(0, 30)}\u2060${aToken.slice(30)}\ufeff`],
    ['a line break inside', `${aToken.slice(0, 40)}\n  ${aToken.slice(40)}`],
    ['“Bot” and a line break inside', `Bot ${aToken.slice(0, 40)}\r\n${aToken.slice(40)}`],
  ])('finds a token with %s', (_, typed) => {
    expect(readDiscordToken(typed)).toBe(aToken);
  });

  it.each([
    ['nothing', '', 'discord_token_missing'],
    ['spaces', ' \t\n', 'discord_token_missing'],
    ['dots that hide it', '••••••••••••••••', 'discord_token_hidden'],
    ['stars that hide it', '****************', 'discord_token_hidden'],
    ['an application’s id', '1301590567989547028', 'discord_token_id'],
    ['an id in quotes', '"245559087524216832"', 'discord_token_id'],
    ['a public key', '5b2f6c9e'.repeat(8), 'discord_token_public_key'],
    ['a client secret', 'aB3-_xYz'.repeat(4), 'discord_token_client_secret'],
    ['a client secret of .env', `DISCORD_TOKEN=${'aB3-_xYz'.repeat(4)}`, 'discord_token_client_secret'],
    ['a Telegram token', `7012345678:AA${'h-_9Kq'.repeat(5)}xyz`, 'discord_token_telegram'],
    ['a personal token', `mfa.${'aB3-_xYz'.repeat(10)}`, 'discord_token_personal'],
    ['the developer page', 'https://discord.com/developers/applications/1/bot', 'discord_token_address'],
    ['an invitation', 'discord.gg/abcdef', 'discord_token_address'],
    ['its first part', id, 'discord_token_cut'],
    ['its first two parts', `${id}.${time}`, 'discord_token_cut'],
    ['a cut signature', `${id}.${time}.${signature.slice(0, 20)}`, 'discord_token_cut'],
    ['a sentence without a token', 'what is a token?', 'discord_token_odd'],
    ['letters that no token has', 'jeton-secrèt-de-discord', 'discord_token_odd'],
  ])('recognises %s', (_, typed, code) => {
    expect(() => readDiscordToken(typed)).toThrow(new AppError(code as AppError['code']));
  });

  it('leaves an unknown form to Discord', () => {
    expect(readDiscordToken(' some-future.form_of.token.v2 ')).toBe('some-future.form_of.token.v2');
  });
});
