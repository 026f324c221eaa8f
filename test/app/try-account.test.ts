import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TrialOptions, tryAccount } from '../../src/app/try-account.ts';
import type { AccountNote } from '../../src/domain/account-trial.ts';
import { AppError, type ErrorCode } from '../../src/domain/errors.ts';
import { acceptValidOnly } from '../../src/lib/provider-http/tls-accept.ts';
import { Secrets } from '../../src/lib/secrets.ts';
import { accountNote } from '../../src/words/account-notes.ts';
import { sentence } from '../../src/words/sentence.ts';
import { RawServer } from '../fakes/raw-server.ts';
import { FakePanel, type FakePanelOptions } from '../fakes/xtream-panel.ts';

const USER = 'subscriber-7';
const PASS = 'hush+hush/7';
const options: FakePanelOptions = {
  username: USER,
  password: PASS,
  maxConnections: 2,
  channels: [
    { id: 1, name: 'TF1', category: '3' },
    { id: 2, name: 'Arte', category: '3' },
    { id: 3, name: 'BBC One', category: '4' },
    { id: 4, name: 'Test' },
  ],
  categories: [
    { id: '4', name: 'UK' },
    { id: '3', name: 'France' },
    { id: '5', name: 'Empty' },
  ],
};
const certificate = new X509Certificate(
  readFileSync(new URL('../fakes/certificates/self-signed.pem', import.meta.url)),
);
const fingerprint = certificate.fingerprint256.replaceAll(':', '');
const trusting = { isAny: false, hosts: [], fingerprints: [fingerprint] };

let panel: FakePanel;
let inFolder: FakePanel;
let secure: FakePanel;
let closed: string;
beforeAll(async () => {
  [panel, inFolder, secure] = await Promise.all([
    FakePanel.start(options),
    FakePanel.start({ ...options, base: '' }),
    FakePanel.start({ ...options, tls: true }),
  ]);
  const gone = await FakePanel.start();
  closed = gone.url;
  await gone.stop();
});
afterAll(() => Promise.all([panel, inFolder, secure].map((each) => each?.stop())));

type Fields = readonly [url: string, username?: string, password?: string];
const fieldsOf = ([url, username = '', password = '']: Fields) => ({ url, username, password });
const trial = (fields: Fields, more: Partial<TrialOptions> = {}) =>
  tryAccount(fieldsOf(fields), {
    secrets: new Secrets(),
    tlsAccept: acceptValidOnly,
    userAgent: 'test',
    timeouts: { headers: 300, call: 1_000 },
    ...more,
  });
const query = `username=${USER}&password=${encodeURIComponent(PASS)}`;
const host = (server: FakePanel) => new URL(server.url).host;
const port = (server: FakePanel) => new URL(server.url).port;

/** The sentence in both languages is one that says what to do, and names nothing of the account or its server. */
function checkSentence(text: string, isOrder: RegExp | null, typed: readonly string[]): void {
  expect(text).toMatch(/^\p{Lu}.{20,}\.$/u);
  expect(text).not.toMatch(/[{}?]|undefined/);
  if (isOrder) expect(text).toMatch(isOrder);
  for (const secret of [
    USER,
    PASS,
    encodeURIComponent(PASS),
    '127.0.0.1',
    'localhost',
    port(panel),
    ...typed,
  ])
    expect(text).not.toContain(secret);
}
const orders = {
  en: /(?:[:,.] |\b(?:or|and|then|so) )(?:copy|paste|check|try|ask|renew|wait|turn|enter|add)\b/,
  fr: /(?:[:,;.][ \u00a0]|\b(?:ou|et|puis|donc) )(?:recopiez|collez|vérifiez|essayez|réessayez|demandez|renouvelez|attendez|activez|entrez|remplissez|ajoutez)/,
};

describe('a subscription works that is typed or pasted as', () => {
  it.each<[what: string, fields: () => Fields, notes?: AccountNote[]]>([
    ['three fields', () => [panel.url, USER, PASS]],
    ['an address without a scheme', () => [host(panel), USER, PASS]],
    ['an address with blanks and a slash', () => [` ${panel.url}/ `, ` ${USER} `, `\t${PASS}\n`]],
    ['an address whose port stands apart', () => [`127.0.0.1 : ${port(panel)}`, USER, PASS]],
    ['a script of the panel', () => [`${panel.url}/player_api.php`, USER, PASS]],
    ['full-width letters', () => [panel.url.replace('http:', 'ｈｔｔｐ：'), USER, PASS], ['cleaned']],
    ['an address with invisible characters', () => [`\u200b${panel.url}\ufeff`, USER, PASS], ['cleaned']],
    ['values in quotes', () => [`"${panel.url}"`, `‘${USER}’`, `“${PASS}”`], ['cleaned']],
    ['values in angle brackets', () => [`<${panel.url}>`, `<${USER}>`, PASS], ['cleaned']],
    ['a get.php address', () => [`${panel.url}/get.php?${query}&type=m3u_plus`], ['from_address']],
    [
      'an address of the API in the user name field',
      () => ['', `${panel.url}/player_api.php?${query}`],
      ['from_address'],
    ],
    [
      'an address of the guide in the password field',
      () => ['', '', `${panel.url}/xmltv.php?${query}`],
      ['from_address'],
    ],
    [
      'an address of a channel',
      () => [`${panel.url}/live/${USER}/${encodeURIComponent(PASS)}/1.ts`],
      ['from_address'],
    ],
    [
      'a short address of a channel',
      () => [`${panel.url}/${USER}/${encodeURIComponent(PASS)}/1`],
      ['from_address'],
    ],
    ['user:password@host', () => [`${USER}:${encodeURIComponent(PASS)}@${host(panel)}`], ['from_address']],
    ['an address in the user name field', () => [USER, panel.url, PASS], ['address_in_username']],
    ['an address in the password field', () => [PASS, USER, panel.url], ['address_in_password']],
    [
      'a list',
      () => [`#EXTM3U\n#EXTINF:-1,TF1\n${panel.url}/live/${USER}/${encodeURIComponent(PASS)}/1.ts`],
      ['from_text'],
    ],
    ['three lines', () => [`${panel.url}\n${USER}\n${PASS}`], ['from_text']],
    [
      'an English message',
      () => [`Hi!\nHost: ${panel.url}\nUser: ${USER}\nPass: ${PASS}\nBye`],
      ['from_text'],
    ],
    ['a message on one line', () => ['', `Host: ${panel.url} User: ${USER} Pass: ${PASS}`], ['from_text']],
    [
      'a message with the port apart',
      () => [`Server: 127.0.0.1\nPort: ${port(panel)}\nLogin: ${USER}\nPwd: ${PASS}`],
      ['from_text'],
    ],
    [
      'a French message',
      () => [`Serveur : ${panel.url}\nUtilisateur : ${USER}\nMot de passe : ${PASS}`],
      ['from_text'],
    ],
    [
      'a link beside fields that a browser filled',
      () => [`${panel.url}/get.php?${query}`, 'admin', 'autofill'],
      ['from_address', 'address_over_fields'],
    ],
    ['a URL-encoded password', () => [panel.url, USER, encodeURIComponent(PASS)], ['decoded']],
    ['the address of a portal', () => [`${inFolder.url}/c/`, USER, PASS], ['path_dropped']],
    [
      'https where only http is spoken',
      () => [panel.url.replace('http:', 'https:'), USER, PASS],
      ['http_used'],
    ],
  ])('%s', async (_, fields, notes = []) => {
    const tried = await trial(fields());
    expect(tried).toMatchObject({
      account: { username: USER, password: PASS },
      connections: 2,
      channels: 4,
      categories: [
        { id: '4', name: 'UK', count: 1 },
        { id: '3', name: 'France', count: 2 },
      ],
      notes,
    });
    expect(tried.account.url).toBe(notes.includes('path_dropped') ? inFolder.url : panel.url);
    expect(tried.expiresAt).toBeGreaterThan(Date.now());
    for (const note of tried.notes)
      for (const language of ['en', 'fr'] as const) checkSentence(accountNote(language, note), null, []);
  });

  it('http where only https is spoken, once its certificate is accepted', async () => {
    const address = secure.url.replace('https:', 'http:');
    expect(await trial([address, USER, PASS], { tlsAccept: trusting })).toMatchObject({
      account: { url: secure.url },
      notes: ['https_used'],
    });
  });
});

/** Changes the panel for one trial. */
type Change = (panel: FakePanel) => void;
const fault =
  (kind: FakePanel['fault']): Change =>
  (server) => {
    server.fault = kind;
  };
const answers =
  (status: number, body = '', action = 'login'): Change =>
  (server) => {
    server.overrides.set(action, { status, body });
  };
const fine: Change = () => {};

describe('a subscription does not work', () => {
  const typed = (): Fields => [panel.url, USER, PASS];
  it.each<[what: string, fields: () => Fields, change: Change, code: ErrorCode]>([
    ['of empty fields', () => [''], fine, 'trial_empty'],
    ['of fields with blanks', () => [' ', '\u200b', '\n'], fine, 'trial_empty'],
    ['without an address', () => ['', USER, PASS], fine, 'trial_no_address'],
    ['without a user name', () => [panel.url, '', PASS], fine, 'trial_no_username'],
    ['without a password', () => [panel.url, USER], fine, 'trial_no_password'],
    [
      'with a link without a password',
      () => [`${panel.url}/get.php?username=${USER}`],
      fine,
      'trial_no_password',
    ],
    ['with words for an address', () => ['somewhere else', USER, PASS], fine, 'trial_address_wrong'],
    ['with another scheme', () => ['ftp://panel.example', USER, PASS], fine, 'trial_address_wrong'],
    ['with too large a port', () => ['http://panel.example:123456', USER, PASS], fine, 'trial_address_wrong'],
    ['of a plain list', () => ['http://lists.example/all.m3u'], fine, 'trial_m3u'],
    [
      'of the text of a plain list',
      () => ['#EXTM3U\n#EXTINF:-1,A\nhttp://a.example/a.m3u8'],
      fine,
      'trial_m3u',
    ],
    ['of a box', () => [`Portal: ${panel.url}/c/\nMAC: 00:1A:79:12:34:56`], fine, 'trial_mac'],
    ['with a wrong password', () => [panel.url, USER, 'wrong-one'], fine, 'trial_refused'],
    ['with a wrong password with codes', () => [panel.url, USER, 'wrong%20one'], fine, 'trial_refused'],
    ['with a wrong user name', () => [panel.url, 'Subscriber-8', PASS], fine, 'trial_refused'],
    ['with name and password exchanged', () => [panel.url, PASS, USER], fine, 'trial_refused'],
    [
      'with a wrong password in a folder',
      () => [`${inFolder.url}/c/`, USER, 'wrong-one'],
      fine,
      'trial_refused',
    ],
    [
      'with a wrong password over https',
      () => [panel.url.replace('http', 'https'), USER, 'wrong-one'],
      fine,
      'trial_refused',
    ],
    ['where the panel says auth 0', typed, fault('auth0'), 'trial_refused'],
    ['where the panel says 401', typed, answers(401), 'trial_refused'],
    ['where the panel says nothing', typed, answers(200, '[]'), 'trial_refused'],
    ['that has expired', typed, fault('expired'), 'account_expired'],
    ['that is banned', typed, fault('banned'), 'account_disabled'],
    ['that is disabled', typed, fault('disabled'), 'account_disabled'],
    ['at a website', typed, fault('html'), 'trial_web_page'],
    ['at a server without a panel', typed, answers(404, 'not here'), 'trial_no_panel'],
    ['at a server that answers in text', typed, answers(200, 'hello'), 'trial_no_panel'],
    ['at a server that sends a list', typed, answers(200, '#EXTM3U\n#EXTINF:-1,A\n'), 'trial_m3u'],
    ['behind a page with 403', typed, answers(403, '<html><title>403</title>'), 'trial_blocked'],
    ['behind a challenge', typed, answers(503, '<html><title>Just a moment…</title>'), 'trial_blocked'],
    ['for this country', typed, answers(451), 'trial_blocked'],
    ['at a broken panel', typed, fault('unavailable'), 'trial_panel_error'],
    ['at a busy panel', typed, answers(429), 'trial_panel_error'],
    ['at a panel that does not answer', typed, fault('hang'), 'trial_silent'],
    ['at a closed port', () => [closed, USER, PASS], fine, 'trial_port_closed'],
    [
      'at a cloud’s address for credentials',
      () => ['http://169.254.169.254', USER, PASS],
      fine,
      'trial_inside',
    ],
    ['with a certificate of its own', () => [secure.url, USER, PASS], fine, 'trial_certificate'],
    [
      'with such a certificate, typed with http',
      () => [`http://${host(secure)}`, USER, PASS],
      fine,
      'trial_certificate',
    ],
    ['without a channel', typed, fault('empty'), 'trial_empty_list'],
    ['whose list is cut off', typed, fault('truncated'), 'trial_no_list'],
    ['whose list is a page', typed, answers(200, '<html>', 'get_live_streams'), 'trial_no_list'],
    ['whose list is refused', typed, answers(403, '', 'get_live_streams'), 'trial_no_list'],
    ['whose list is behind an error', typed, answers(500, '', 'get_live_streams'), 'trial_no_list'],
  ])('%s', async (_, fields, change, code) => {
    change(panel);
    const given = fields();
    try {
      const error = await trial(given).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(AppError);
      const { code: told, params } = error as AppError;
      expect(told).toBe(code);
      const secrets = given.flatMap((field) => field?.split(/\s+/) ?? []).filter((word) => word.length > 4);
      for (const language of ['en', 'fr'] as const)
        checkSentence(sentence(language, told, params), orders[language], secrets);
    } finally {
      panel.fault = null;
      panel.overrides.clear();
    }
  });

  it('with a certificate that can be accepted by the fingerprint in the sentence', async () => {
    const fields: Fields = [secure.url, USER, PASS];
    const error = (await trial(fields).catch((thrown: unknown) => thrown)) as AppError;
    expect(sentence('en', error.code, error.params)).toContain(fingerprint);
    expect(await trial(fields, { tlsAccept: trusting })).toMatchObject({ channels: 4, notes: [] });
  });

  it('at a server that hangs up', async () => {
    const server = await new RawServer().start();
    server.answer = (socket) => socket.destroy();
    const error = await trial([server.url(), USER, PASS]).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'trial_unreachable', params: { detail: 'ECONNRESET' } });
    await server.stop();
  });
});

describe('a trial', () => {
  it('registers the secrets before the first request', async () => {
    const before = panel.requests.length;
    const added = new Map<string, number>();
    const add = (value: string) => {
      if (!added.has(value)) added.set(value, panel.requests.length - before);
    };
    await trial([panel.url, USER, encodeURIComponent(PASS)], { secrets: { add } });
    expect([USER, PASS, encodeURIComponent(PASS)].map((secret) => added.get(secret))).toEqual([0, 0, 0]);
    expect(panel.requests.length).toBeGreaterThan(before);
  });

  it('asks for the account before the lists, and for no list if the account is refused', async () => {
    panel.requests.length = 0;
    await trial([panel.url, USER, PASS]);
    expect(panel.requests.map(({ action }) => action)).toEqual([
      'login',
      'get_live_categories',
      'get_live_streams',
    ]);
    panel.requests.length = 0;
    await trial([panel.url, USER, 'wrong-one']).catch(() => {});
    expect(panel.requests.map(({ action }) => action)).toEqual(['login']);
  });

  it('sends no password to a server whose certificate is not valid', async () => {
    secure.requests.length = 0;
    await trial([secure.url, USER, PASS]).catch(() => {});
    expect(secure.requests).toEqual([]);
  });

  it('ends at its limit, and with the asker', async () => {
    panel.fault = 'hang';
    const slow = { timeouts: { headers: 60_000, call: 60_000 } };
    await expect(trial([panel.url, USER, PASS], { ...slow, limit: 50 })).rejects.toMatchObject({
      code: 'trial_silent',
    });
    const gone = new AbortController();
    const fields = { url: panel.url, username: USER, password: PASS };
    const left = tryAccount(
      fields,
      { secrets: new Secrets(), tlsAccept: acceptValidOnly, userAgent: 'test', ...slow },
      gone.signal,
    );
    gone.abort(new Error('gone'));
    await expect(left).rejects.toThrow('gone');
    panel.fault = null;
  });
});
