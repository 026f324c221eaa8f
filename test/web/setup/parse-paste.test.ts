import { describe, expect, it } from 'vitest';
import { accountIn } from '../../../src/web/setup/parse-paste.ts';

const panel = { url: 'http://panel.example:8080', username: 'anna', password: 's3cret' };

describe('what a provider sent', () => {
  it.each([
    [
      'an M3U link',
      'http://panel.example:8080/get.php?username=anna&password=s3cret&type=m3u_plus&output=ts',
    ],
    ['a player_api link', 'http://panel.example:8080/player_api.php?username=anna&password=s3cret'],
    [
      'a message around a link',
      'Welcome! Your list: <http://panel.example:8080/get.php?username=anna&password=s3cret>, enjoy.',
    ],
    ['labelled lines', 'Host: http://panel.example:8080\nUsername: anna\nPassword: s3cret'],
    [
      'decorated lines',
      '🌐 URL ➜ http://panel.example:8080\n👤 User ➜ anna\n🔑 Pass ➜ s3cret\nExpires: 2027-03-03',
    ],
    [
      'lines with the port apart',
      'Server URL = http://panel.example\r\nPort = 8080\r\nLogin = anna\r\nPassword = s3cret',
    ],
    [
      'lines in French',
      'Adresse : http://panel.example:8080\nNom d’utilisateur : anna\nMot de passe : s3cret',
    ],
    ['three bare lines', 'http://panel.example:8080\nanna\ns3cret'],
  ])('%s', (_name, text) => {
    expect(accountIn(text)).toEqual(panel);
  });

  it('keeps the folder of a panel below a folder', () => {
    expect(accountIn('https://example.org/tv/get.php?username=a&password=b')?.url).toBe(
      'https://example.org/tv',
    );
  });

  it('takes a labelled address without its scheme', () => {
    expect(accountIn('Host: panel.example:8080\nUser: anna\nPassword: s3cret')?.url).toBe(
      'panel.example:8080',
    );
  });

  it('leaves an address without a login whole, for the server to understand', () => {
    const url = 'https://lists.example/one.m3u?token=x';
    expect(accountIn(url)).toEqual({ url, username: '', password: '' });
  });

  it('finds nothing where there is no address', () => {
    expect(accountIn('Thank you for your order.')).toBeNull();
    expect(accountIn('')).toBeNull();
  });
});
