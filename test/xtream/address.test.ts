import { describe, expect, it } from 'vitest';
import { Secrets } from '../../src/lib/secrets.ts';
import { apiPath, liveUrl, panelAddress, xmltvPath, xtreamSecrets } from '../../src/xtream/address.ts';

const odd = { baseUrl: 'http://panel.example:8080/', username: 'jürgen & co', password: 'a/b c?#%' };

describe('panelAddress', () => {
  it.each([
    ['http://panel.example', 'http://panel.example', ''],
    [' http://panel.example:8080/ ', 'http://panel.example:8080', ''],
    ['panel.example:8080', 'http://panel.example:8080', ''],
    ['https://panel.example/iptv/', 'https://panel.example', '/iptv'],
    ['http://panel.example/get.php?username=u&password=p&type=m3u_plus', 'http://panel.example', ''],
    ['http://panel.example/c/player_api.php?username=u&password=p', 'http://panel.example', '/c'],
    ['http://u:p@panel.example/x', 'http://panel.example', '/x'],
  ])('parses %s', (text, origin, base) => {
    expect(panelAddress(text)).toEqual({ origin, base });
  });

  it.each(['', 'ftp://panel.example', 'http://', 'not an address'])(
    'rejects %j without repeating it',
    (text) => {
      expect(() => panelAddress(text)).toThrow('The address of the panel is not an http or https address');
    },
  );
});

describe('the addresses of an account', () => {
  it('encode every component, whatever characters the account contains', () => {
    expect(liveUrl(odd, '42', 'ts')).toBe(
      'http://panel.example:8080/live/j%C3%BCrgen%20%26%20co/a%2Fb%20c%3F%23%25/42.ts',
    );
    expect(xmltvPath(odd)).toBe('/xmltv.php?username=j%C3%BCrgen%20%26%20co&password=a%2Fb%20c%3F%23%25');
  });

  it('keep the path of the panel', () => {
    const account = {
      baseUrl: 'https://panel.example/iptv/get.php?username=x',
      username: 'u',
      password: 'p',
    };
    expect(liveUrl(account, '1', 'm3u8')).toBe('https://panel.example/iptv/live/u/p/1.m3u8');
    expect(apiPath(account, 'get_short_epg', { stream_id: 7, limit: 4 })).toBe(
      '/iptv/player_api.php?username=u&password=p&action=get_short_epg&stream_id=7&limit=4',
    );
    expect(apiPath(account, null)).toBe('/iptv/player_api.php?username=u&password=p');
  });

  it('are completely masked after the secrets are registered', () => {
    const secrets = new Secrets();
    for (const value of xtreamSecrets(odd)) secrets.add(value);
    expect(secrets.scrub(`GET ${liveUrl(odd, '42', 'ts')}`)).toBe('GET http://***:8080/live/***/***/42.ts');
    expect(secrets.scrub(`GET http://panel.example:8080${xmltvPath(odd)}`)).toBe(
      'GET http://***:8080/xmltv.php?username=***&password=***',
    );
  });

  it('do not make a secret of a loopback host', () => {
    expect(xtreamSecrets({ baseUrl: 'http://127.0.0.1:8080', username: 'user', password: 'pass' })).toEqual([
      'user',
      'pass',
    ]);
  });
});
