import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccountNote } from '../../../src/domain/account-trial.ts';
import { AppError } from '../../../src/domain/errors.ts';
import { Secrets } from '../../../src/lib/secrets.ts';
import { readAccount } from '../../../src/xtream/account-text/read-account.ts';
import { apiPath, panelAddress, xtreamSecrets } from '../../../src/xtream/address.ts';
import { anyText, textOf } from '../../properties/arbitraries.ts';

const HOME = 'http://panel.example:8080';
const read = (url: string, username = '', password = '') => readAccount({ url, username, password });

type Row = [url: string, username: string, password: string, notes?: readonly AccountNote[]];

describe('an account is read from', () => {
  it.each<Row>([
    [HOME, 'bob', 'secret'],
    [`  ${HOME}/ `, ' bob ', ' secret\n'],
    ['panel.example:8080', 'bob', 'secret'],
    ['panel.example : 8080', 'bob', 'secret'],
    ['http://panel.example: 8080', 'bob', 'secret'],
    ['panel.example 8080', 'bob', 'secret'],
    ['panel.example port: 8080', 'bob', 'secret'],
    ['//panel.example:8080', 'bob', 'secret'],
    ['http:/panel.example:8080', 'bob', 'secret'],
    ['http//panel.example:8080', 'bob', 'secret'],
    ['http:\\\\panel.example:8080\\', 'bob', 'secret'],
    ['hxxp://panel.example:8080', 'bob', 'secret'],
    ['http://http://panel.example:8080', 'bob', 'secret'],
    ['HTTP://PANEL.EXAMPLE:8080', 'bob', 'secret'],
    ['Server URL: panel.example:8080', 'Username: bob', 'Password: secret'],
    [`${HOME}/player_api.php`, 'bob', 'secret'],
    [`${HOME}/playlist.m3u`, 'bob', 'secret'],
    ['“http://panel.example:8080”', '«\u00a0bob\u00a0»', '<secret>', ['cleaned']],
    ['ｈｔｔｐ：／／panel．example：８０８０', 'ｂｏｂ', 'sec\u200bret\ufeff', ['cleaned']],
    [`${HOME}/get.php?username=bob&password=secret&type=m3u_plus&output=ts`, '', '', ['from_address']],
    ['panel.example:8080/get.php?username=bob&password=secret', '', '', ['from_address']],
    [`${HOME}/get.php?username=bob&amp;password=secret`, '', '', ['from_address']],
    [`${HOME}/get.php?Username=bob&PASSWORD=secret`, '', '', ['from_address']],
    [`${HOME}/get.php?username=bob&\n  password=secret&type=m3u`, '', '', ['from_address']],
    ['', `${HOME}/player_api.php?username=bob&password=secret`, '', ['from_address']],
    ['', '', `${HOME}/xmltv.php?username=bob&password=secret`, ['from_address']],
    [`${HOME}/panel_api.php?username=bob&password=secret`, 'bob', 'secret'],
    [`${HOME}/live/bob/secret/1.ts`, '', '', ['from_address']],
    [`${HOME}/movie/bob/secret/1.mkv`, '', '', ['from_address']],
    [`${HOME}/bob/secret/12`, '', '', ['from_address']],
    [`${HOME}/fr/news/12`, 'bob', 'secret'],
    ['bob:secret@panel.example:8080', '', '', ['from_address']],
    ['http://bob:secret@panel.example:8080/', '', '', ['from_address']],
    ['bob@panel.example:8080', '', 'secret', ['from_address']],
    [
      `${HOME}/get.php?username=bob&password=secret`,
      'autofilled',
      'x',
      ['from_address', 'address_over_fields'],
    ],
    ['bob', HOME, 'secret', ['address_in_username']],
    ['secret', 'bob', HOME, ['address_in_password']],
    ['Host: http://panel.example:8080 User: bob Pass: secret', '', '', ['from_text']],
    ['', 'Host: http://panel.example:8080 User: bob Pass: secret', '', ['from_text']],
    ['', '', 'URL=panel.example:8080; Login=bob; Pwd=secret;', ['from_text']],
    [`${HOME}\nbob\nsecret`, '', '', ['from_text']],
    [`${HOME} bob secret`, '', '', ['from_text']],
    ['', `${HOME}|bob|secret`, '', ['from_text']],
    [`${HOME} (new address)`, 'bob', 'secret'],
    ['htttp://panel.example:8080', 'bob', 'secret'],
    ['http:panel.example:8080', 'bob', 'secret'],
    ['http;//panel.example;8080', 'bob', 'secret'],
    ['Hôte : panel.example\nPort : 8080\nUtilisateur : bob\nMot de passe : secret', '', '', ['from_text']],
    [`XTREAM_URL=${HOME}\nXTREAM_USERNAME=bob\nXTREAM_PASSWORD=secret`, '', '', ['from_text']],
    [`{"url":"${HOME}","username":"bob","password":"secret"}`, '', '', ['from_text']],
    [`${HOME}\r\n\r\nbob\r\nsecret\r\n`, '', '', ['from_text']],
    [HOME, 'User: bob Pass: secret', '', ['from_text']],
    ['Server URL: panel.example\nPort: 8080\nUsername : bob\nPassword : secret', '', '', ['from_text']],
    [
      'Hello Bob!\nTutorial: https://help.example/start\nServer URL - http://panel.example\nPort - 8080\nUsername - bob\nPassword - secret\nExpires: 2027-03-03',
      '',
      '',
      ['from_text'],
    ],
    ['Serveur : http://panel.example:8080\nUtilisateur : bob\nMot de passe : secret', '', '', ['from_text']],
    [
      'Adresse du serveur\npanel.example:8080\nNom d’utilisateur\nbob\nMot de passe\nsecret',
      '',
      '',
      ['from_text'],
    ],
    ['Server\tpanel.example:8080\nUsername\tbob\nPassword\tsecret', '', '', ['from_text']],
    ['*Host:* http://panel.example:8080\n*User:* bob\n*Pass:* secret', '', '', ['from_text']],
    ['**Host:** `http://panel.example:8080`\n**User:** `bob`\n**Pass:** `secret`', '', '', ['from_text']],
    ['🌐 Host ➡️ http://panel.example:8080\n👤 User ➡️ bob\n🔑 Pass ➡️ secret', '', '', ['from_text']],
    [
      `M3U URL: ${HOME}/get.php?username=bob&password=secret&type=m3u_plus\nEPG: ${HOME}/xmltv.php?username=bob&password=secret`,
      '',
      '',
      ['from_text'],
    ],
    [`#EXTM3U\n#EXTINF:-1,TF1\n${HOME}/live/bob/secret/1.ts\n`, '', '', ['from_text']],
  ])('%j, %j, %j', (url, username, password, notes = []) => {
    const { account, notes: told } = read(url, username, password);
    expect(account).toEqual({ baseUrl: HOME, username: 'bob', password: 'secret' });
    expect([...told].sort()).toEqual([...notes].sort());
  });

  it.each<[string, string, string, string, string, string]>([
    ['https://panel.example/iptv/', 'a', 'b', 'https://panel.example/iptv', 'a', 'b'],
    ['https://panel.example/iptv/live/a/b/1.ts', '', '', 'https://panel.example/iptv', 'a', 'b'],
    ['192.168.1.10:8080', 'a', 'b', 'http://192.168.1.10:8080', 'a', 'b'],
    ['[fd00::1]:8080', 'a', 'b', 'http://[fd00::1]:8080', 'a', 'b'],
    ['localhost:8080', 'a', 'b', 'http://localhost:8080', 'a', 'b'],
    ['nas', 'a', 'b', 'http://nas', 'a', 'b'],
    // What may look like something else is kept.
    [HOME, 'bob@mail.example', 'user:pass', HOME, 'bob@mail.example', 'user:pass'],
    [HOME, 'john.doe', 'pass word', HOME, 'john.doe', 'pass word'],
    [HOME, 'bob', 'a/b?c&d#e%', HOME, 'bob', 'a/b?c&d#e%'],
    [HOME, 'bob', '**a**', HOME, 'bob', '**a**'],
    // What an address encodes is decoded.
    [`${HOME}/get.php?username=a%40b&password=c%2Bd%26`, '', '', HOME, 'a@b', 'c+d&'],
    [`${HOME}/live/a%40b/50%/1.ts`, '', '', HOME, 'a@b', '50%'],
  ])('%j, %j, %j as it is', (url, username, password, baseUrl, name, secret) => {
    expect(read(url, username, password).account).toEqual({ baseUrl, username: name, password: secret });
  });

  it('a typed password that is URL-encoded, as a second way', () => {
    expect(read(HOME, 'bob', 'p%40ss').decoded?.password).toBe('p@ss');
    expect(read(HOME, 'bob', '100%').decoded).toBeNull();
    expect(read(`${HOME}/get.php?username=bob&password=p%2540ss`).decoded).toBeNull();
  });
});

describe('an account is not read from', () => {
  it.each([
    ['', '', '', 'trial_empty'],
    [' \u200b', '\t', '\n', 'trial_empty'],
    ['', 'bob', 'secret', 'trial_no_address'],
    ['', 'john.doe', 'secret', 'trial_no_address'],
    ['User: bob\nPass: secret', '', '', 'trial_no_address'],
    [HOME, '', 'secret', 'trial_no_username'],
    [HOME, HOME, 'secret', 'trial_no_username'],
    ['', HOME, 'secret', 'trial_no_username'],
    [HOME, 'bob', '', 'trial_no_password'],
    [`${HOME}/get.php?username=bob`, '', '', 'trial_no_password'],
    ['not an address', 'bob', 'secret', 'trial_address_wrong'],
    ['http://', 'bob', 'secret', 'trial_address_wrong'],
    ['http://panel.example:99999', 'bob', 'secret', 'trial_address_wrong'],
    ['http://panel.example:0', 'bob', 'secret', 'trial_address_wrong'],
    ['ftp://panel.example', 'bob', 'secret', 'trial_address_wrong'],
    ['rtmp://panel.example/live', 'bob', 'secret', 'trial_address_wrong'],
    ['???', 'bob', 'secret', 'trial_address_wrong'],
    ['https://lists.example/all.m3u', '', '', 'trial_m3u'],
    ['', '', 'https://lists.example/all.m3u8?x=1', 'trial_m3u'],
    ['#EXTM3U\n#EXTINF:-1,TF1\nhttp://cdn.example/tf1/index.m3u8', '', '', 'trial_m3u'],
    ['Portal: http://panel.example/c/ MAC: 00:1A:79:00:11:22', '', '', 'trial_mac'],
    ['http://panel.example/c/', '00:1a:79:00:11:22', '', 'trial_mac'],
  ])('%j, %j, %j: %s', (url, username, password, code) => {
    expect(() => read(url, username, password)).toThrow(expect.objectContaining({ code }));
  });
});

describe('any text', () => {
  const field = fc.oneof(
    anyText,
    textOf(
      'http://',
      'https://',
      'panel.example',
      ':8080',
      '/live/',
      'a/',
      '1.ts',
      '@',
      '%',
      '%4',
      '\n',
      ' ',
    ),
    textOf(
      'Host: ',
      'Port: ',
      'User: ',
      'Mot de passe : ',
      'http://a.b:1',
      'get.php?username=',
      '&password=',
      '\n',
      '*',
      '"',
    ),
  );

  it('is read as an account whose requests can be made and hidden, or refused with an AppError', () => {
    fc.assert(
      fc.property(field, field, field, (url, username, password) => {
        try {
          const { account, decoded } = read(url, username, password);
          for (const each of decoded ? [account, decoded] : [account]) {
            const secrets = new Secrets();
            for (const secret of xtreamSecrets(each)) secrets.add(secret);
            expect(() => new URL(`${panelAddress(each.baseUrl).origin}${apiPath(each, null)}`)).not.toThrow();
            expect(each.username).not.toBe('');
            expect(each.password).not.toBe('');
          }
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('as long as a list is read only at its beginning', () => {
    const list = `${HOME}/live/bob/secret/1.ts\n`.repeat(50_000);
    expect(read(list).account.username).toBe('bob');
    expect(() => read('a.'.repeat(500_000))).toThrow(AppError);
  });
});
